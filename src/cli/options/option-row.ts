/** What a row of the options' table holds: all that is parsed, printed or documented about an option is read from its row. */

import type { CommandName } from './command-groups.ts';

export type { CommandName } from './command-groups.ts';

/** Headings, in the order in which they are shown. */
export const optionGroups = [
  'Judge',
  'Delete',
  'Watch',
  'Snapshot',
  'Read',
  'Scan',
  'Fleet',
  'Output',
  'Exit code',
  'About',
] as const;

interface RowBase {
  /** As it is typed, without its dashes: two before a word, one before a letter. */
  readonly name: string;
  /** One letter that means the same. */
  readonly alias?: string;
  readonly group: (typeof optionGroups)[number];
  /** One phrase, for the help. */
  readonly help: string;
  /** What the README and the man page add to it. */
  readonly more?: string;
  readonly commands: readonly CommandName[];
  /** What commands that do not take it have in its place. */
  readonly instead?: Partial<Record<CommandName, string>>;
  /** Also shown by -h, which has one screen. */
  readonly often?: true;
  /** It acts, takes the responsibility, or makes another command of it: typed each time, set by no file and no variable. */
  readonly isTyped?: true;
}

/** Given or not. */
interface FlagRow extends RowBase {
  readonly type: 'flag';
}

interface ValueRowBase extends RowBase {
  /** How the value is called: SIZE. */
  readonly placeholder: string;
  /** As a user would type it. */
  readonly default?: string;
  /** What is done without it, where no value says so. */
  readonly without?: string;
  readonly repeatable?: true;
  /** What it means as the last word, or right before another option: without a value. */
  readonly bare?: string;
  /** The command that gives it no value: it is always `bare` there. */
  readonly bareFor?: CommandName;
  /** `--no-NAME` is an option too, and means this value. */
  readonly negation?: { readonly value: string; readonly help: string };
}

interface BoundedRow extends ValueRowBase {
  readonly least: number;
  readonly most: number;
}

/** Two values that work are shown where one does not. */
export interface SizeRow extends BoundedRow {
  readonly type: 'size';
  readonly examples: readonly [string, string];
}
export interface RateRow extends BoundedRow {
  readonly type: 'rate';
  readonly examples: readonly [string, string];
}
export interface AgeRow extends BoundedRow {
  readonly type: 'age';
  readonly examples: readonly [string, string];
}
export interface CountRow extends BoundedRow {
  readonly type: 'count';
  /** 0 means all there are, which is Infinity. */
  readonly zeroIsAll?: true;
}
/** One of a few words, or a list of them. */
export interface ChoiceRow extends ValueRowBase {
  readonly type: 'choice' | 'choices';
  readonly values: readonly string[];
}
/** Anything but nothing. */
interface TextRow extends ValueRowBase {
  readonly type: 'text';
  /** What it is: "command", "pattern". */
  readonly what: string;
}
/** A threshold, as `diskwhy help conditions` has them. */
interface ConditionRow extends ValueRowBase {
  readonly type: 'condition';
}
/** Keeps its bytes. */
interface PathRow extends ValueRowBase {
  readonly type: 'path';
}

export type ValueRow = SizeRow | RateRow | AgeRow | CountRow | ChoiceRow | TextRow | ConditionRow | PathRow;
export type OptionRow = FlagRow | ValueRow;
