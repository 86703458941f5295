import { t } from "../text/i18n.js";

/** The input state of one open view: who can be asked for a value, and where its error is shown. */
export class Fields {
  constructor(before = null) {
    this.before = before ? before.values() : {};
    this.controls = new Map(); // block_id → Map(action_id → {control, read})
    this.places = new Map(); // block_id → {error, required}
  }

  add(block, action, field) {
    if (!this.controls.has(block)) this.controls.set(block, new Map());
    this.controls.get(block).set(action, field);
  }

  place(block, place) {
    this.places.set(block, place);
  }

  /** What the same field held before the view was updated, or undefined. */
  kept(block, action) {
    return this.before[block]?.[action];
  }

  /** {block_id: {action_id: value}}; a value is a string, a list of strings or null. */
  values() {
    return mapMap(this.controls, (actions) => mapMap(actions, ({ read }) => read()));
  }

  /** Errors that need no server: what is required but empty, or refused by the browser's own check. */
  check() {
    const errors = {};
    for (const [block, { required }] of this.places) {
      for (const { control, read } of this.controls.get(block)?.values() ?? []) {
        const value = read();
        const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
        if (empty && required) errors[block] = t("field_required");
        else if (!empty) errors[block] ??= complaint(control, value);
      }
    }
    return Object.fromEntries(Object.entries(errors).filter(([, text]) => text));
  }

  /** Shows errors at their fields; returns the first control in fault. */
  show(errors) {
    let first = null;
    for (const [block, { error }] of this.places) {
      const text = errors[block];
      error.hidden = !text;
      error.textContent = text ?? "";
      if (text) error.dataset.testid = "field-error";
      else delete error.dataset.testid;
      for (const { control } of this.controls.get(block)?.values() ?? []) {
        control.setAttribute("aria-invalid", text ? "true" : "false");
        if (text) first ??= control;
      }
    }
    return first;
  }
}

function complaint(control, value) {
  const least = Number(control.dataset?.minLength);
  if (least && [...value].length < least) return t("field_too_short", { least });
  if (control.validity && !control.validity.valid) return control.validationMessage;
  return undefined;
}

function mapMap(map, make) {
  return Object.fromEntries([...map].map(([key, value]) => [key, make(value)]));
}
