/** What one kind of store is: the type that every row of a family here fills in, so that a row can be checked before it is used. */
import type { Loss } from '../../model/action.ts';
import type { PartKind } from '../../model/findings/store.ts';
import type { StoreName } from '../../model/store-name.ts';

/**
 * What a program keeps, told by its content wherever it lies: nothing in it may be deleted, emptied or copied over by
 * hand. What people are told of it is in render/words/stores.
 */
export interface StoreEntry {
  readonly store: StoreName;
  /**
   * Any one of them tells it. In each, names separated by spaces, all of which must be there: `*`, `?` and `[…]` allowed
   * (`?` for a space), `a/b` looks into a. Together they must be names that nothing else makes.
   */
  readonly marks: readonly string[];
  /** What a file named in a mark must begin with, a character per byte; a mark with another file of that name is none. */
  readonly begins?: Readonly<Record<string, RegExp>>;
  /** Entries of the catalogue that are its places: they tell it where no mark does. */
  readonly places?: readonly string[];
  /** Programs that keep it, as /proc/PID/exe ends: what they hold open is its, where no mark tells. */
  readonly programs?: readonly string[];
  /**
   * Only these names in the directory are its; a program may work in a directory that holds other things. Unset: all is.
   */
  readonly extent?: RegExp;
  /** Paths in it, relative, that are logs of text its owner only writes: they may be emptied like any log. */
  readonly logs?: RegExp;
  /** Paths in it, relative, of files that its program was to finish or to remove and did not. */
  readonly leftovers?: RegExp;
  /** Paths in it, relative, below which other stores stand for themselves: volumes of containers. */
  readonly hosts?: readonly string[];
  /** What directories in it are, by relative patterns; the first that fits counts. */
  readonly parts?: readonly (readonly [kind: PartKind, pattern: string])[];
  /** Commands by which the program gives bytes back, the best first. */
  readonly levers?: readonly Lever[];
  /** Where the program is told its directories. */
  readonly configuration?: readonly Setting[];
  /** Where marks and commands were seen: the program's own documentation. */
  readonly source: string;
}

/**
 * A command in the catalogue's form: plain and quoted words, CAPITALS for a person to fill in. `{store}` is the path of
 * the store, `{name}` its last component, `{above}` the directory it lies in.
 */
export interface Lever {
  readonly command: string;
  /** `shows`: it only shows what is there. `gives` unless said. */
  readonly does?: 'shows' | 'gives';
  /** The parts it is for: it comes first where the largest is one of them, and last where not. For all, unless said. */
  readonly of?: readonly PartKind[];
  /** `owners-choice` unless said. */
  readonly loses?: Loss;
  /** The account it runs as, where it is not root or whoever asks; `{owner}`: whoever owns the store's directory. */
  readonly user?: string;
  /** It needs the room of a copy while it runs. */
  readonly needsRoom?: true;
}

/** How a directory is named in a configuration file or on a command line. */
export interface Setting {
  /** Files, absolute, `*` allowed; none where it stands on command lines only. */
  readonly files?: readonly string[];
  /** The first group is the directory, or several separated by commas or spaces. Words of a command line are separated by NUL. */
  readonly pattern: RegExp;
  /** An environment variable of the process that names it. */
  readonly environment?: string;
}
