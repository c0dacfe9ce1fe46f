/** What a command is given for its options: the types that follow from the table. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Condition } from '../conditions/condition.ts';
import type { CommandName } from './option-row.ts';
import type { OptionKey, optionTable } from './option-table.ts';

type Rows = typeof optionTable;

type Single<Row> = Row extends { type: 'size' | 'rate' | 'age' | 'count' }
  ? number
  : Row extends { type: 'choice'; values: readonly (infer Value)[] }
    ? Value
    : Row extends { type: 'choices'; values: readonly (infer Value)[] }
      ? readonly Value[]
      : Row extends { type: 'path' }
        ? ByteString
        : Row extends { type: 'condition' }
          ? Condition
          : string;

type Negated<Row> = Row extends { negation: { value: infer Value } } ? Value : never;

type ValueOf<Row> = Row extends { type: 'flag' }
  ? boolean
  : Row extends { repeatable: true }
    ? readonly Single<Row>[]
    : Row extends { default: string }
      ? Single<Row> | Negated<Row>
      : Single<Row> | Negated<Row> | undefined;

type KeysOf<Command extends CommandName> = {
  [Key in OptionKey]: Command extends Rows[Key]['commands'][number] ? Key : never;
}[OptionKey];

/** Sizes in bytes, rates in bytes per second, ages in milliseconds; undefined where nothing was said and nothing is the default. */
export type OptionsOf<Command extends CommandName> = Command extends CommandName
  ? { readonly [Key in KeysOf<Command>]: ValueOf<Rows[Key]> }
  : never;

/** A command line, read and found right. Frozen. */
export interface Request<Command extends CommandName = CommandName> {
  readonly command: Command;
  readonly options: OptionsOf<Command>;
  /** Options that stand on the command line, whatever their value. */
  readonly given: ReadonlySet<OptionKey>;
  /** Paths or words behind the command, as their bytes. */
  readonly operands: readonly ByteString[];
}
