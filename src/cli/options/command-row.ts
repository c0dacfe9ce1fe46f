/** What a row of the commands' table holds. */

export interface Operands {
  /** How one is called: PATH. */
  readonly placeholder: string;
  readonly least: 0 | 1;
  readonly most: number;
  readonly help: string;
  /** What is taken where none is given. */
  readonly without?: string;
  /** Where only these words are meant. */
  readonly values?: readonly string[];
}

export interface CommandRow {
  readonly operands: Operands;
  /** One phrase, for lists of commands. */
  readonly summary: string;
  readonly examples: readonly (readonly [line: string, meaning: string])[];
}
