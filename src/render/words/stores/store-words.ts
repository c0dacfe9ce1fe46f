/** What is said of one kind of store: adding one is a row in the file of its family. */

export interface StoreWords {
  /** What it is, as a title. */
  readonly name: string;
  /** How its program gives space back. */
  readonly gives: string;
  /** What must not be done by hand, and why. */
  readonly never: string;
}
