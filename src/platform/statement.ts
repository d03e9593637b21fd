// How is a statement put together whose text depends on the request?

/** Collects values and hands out their placeholders, so that no value is ever part of the text. */
export class Values {
  readonly list: unknown[] = [];

  /** Adds a value; gives "$1", "$2" … */
  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}
