import { h } from "../dom.js";
import { plain } from "../text/plain.js";
import { linkProps } from "../text/url.js";
import { confirmed } from "../views/dialog.js";
import { failed } from "../views/toast.js";
import { checkboxes, radioButtons } from "./choices.js";
import { datePicker, dateTimePicker, timePicker } from "./dates.js";
import { multiSelect } from "./multiselect.js";
import { overflow } from "./overflow.js";
import { select } from "./select.js";
import { numberInput, textInput } from "./textinput.js";

/**
 * One interactive element as a node, or null where its type is not known. `place` is {block, surface, input?}; input is
 * set inside an input block, whose elements speak up only when the form is sent, unless dispatch_action says otherwise.
 */
export function element(spec, place) {
  const make = Object.hasOwn(ELEMENTS, spec?.type) ? ELEMENTS[spec.type] : null;
  return make ? make(spec, bind(spec, place)) : null;
}

const ELEMENTS = {
  button,
  overflow,
  static_select: select,
  users_select: select,
  conversations_select: select,
  channels_select: select,
  multi_static_select: multiSelect,
  multi_users_select: multiSelect,
  multi_conversations_select: multiSelect,
  multi_channels_select: multiSelect,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: numberInput,
};

/**
 * What an element needs of its surroundings:
 * attrs: attributes for its control; hooks: data-* for tests; kept: the value typed before an update of the view;
 * field(control, read): makes it part of the form; send(node, payload): tells the app, after the confirmation if any.
 */
function bind(spec, { block, surface, input }) {
  const ids = { action_id: spec.action_id, block_id: block.block_id };
  const described = input && [block.hint && `${input.id}-hint`, `${input.id}-error`].filter(Boolean).join(" ");
  return {
    names: surface.names,
    silent: Boolean(input) && !block.dispatch_action,
    hooks: { actionId: spec.action_id, blockId: block.block_id },
    attrs: input
      ? { id: input.id, "aria-describedby": described, "aria-required": block.optional ? null : "true", "aria-labelledby": `${input.id}-label` }
      : { "aria-label": plain(spec.placeholder) || spec.action_id },
    kept: surface.fields?.kept(block.block_id, spec.action_id),
    field: (control, read) => surface.fields?.add(block.block_id, spec.action_id, { control, read }),
    send: (node, payload) => send(node, spec, surface, { ...ids, ...payload }),
  };
}

async function send(node, spec, surface, event) {
  if (spec.confirm && !(await confirmed(spec.confirm, surface.names))) return false;
  node.setAttribute("aria-busy", "true");
  try {
    await surface.act(event);
  } catch (error) {
    failed(error);
  } finally {
    node.removeAttribute("aria-busy");
  }
  return true;
}

function button(spec, place) {
  const link = spec.url ? linkProps(spec.url) : null;
  const style = ["primary", "danger"].includes(spec.style) ? ` btn-${spec.style}` : "";
  const node = h(link ? "a" : "button", {
    ...(link ?? { type: "button" }),
    class: `btn${style}`,
    "aria-label": spec.accessibility_label ?? null,
    data: place.hooks,
    on: {
      click: () => {
        if (node.getAttribute("aria-busy") !== "true") place.send(node, { value: spec.value });
      },
    },
  }, plain(spec.text));
  return node;
}
