/**
 * Whether a key press belongs to an input method that is still composing. Safari ends the composition before the key
 * event and marks that event only by its code 229.
 */
export const composing = (event) => event.isComposing || event.keyCode === 229;
