/** What one known place is: the type every family file fills in, so that a row can be checked before it is used. */

/**
 * What may be done with a place.
 * `A` regenerable: may go once it is stale and its owner is not running.
 * `B` only through the owner's command (an index, locks, hard links or permissions would suffer).
 * `C` conditional: say the condition and ask.
 * `D` somebody's data or state: report, never delete.
 * `X` never by hand: it would corrupt a store, a database or somebody else's view.
 */
export type CatalogueClass = 'A' | 'B' | 'C' | 'D' | 'X';

/** Names that must stand in the place (`inside`) or in its parent (`beside`) before the pattern counts. */
interface Requirement {
  readonly where: 'inside' | 'beside';
  /** Names, `*` allowed. */
  readonly anyOf: readonly string[];
  /** How many of them must be there; 1 unless said. */
  readonly atLeast?: number;
}

/**
 * One kind of place, e.g. npm's download cache.
 *
 * A path pattern is absolute, or starts with `~` (each home), `$NAME` (a row of variables.ts) or `**` (anywhere).
 * Components may hold `*`, `?`, `[…]`; `{a,b}` means both; `**` as a component means any number of them. The last
 * component starts or ends with plain text, or plain directories stand before the first glob.
 */
export interface CatalogueEntry {
  /** Stable and unique, kebab-case: what reports and configuration call it. */
  readonly id: string;
  /** The row of the research table this comes from; rows that mix classes became several entries. */
  readonly row: number;
  /** What it is, as a person would say it. */
  readonly what: string;
  readonly class: CatalogueClass;
  /** Patterns that hold on every platform. */
  readonly paths?: readonly string[];
  /** Patterns that hold on Linux only. */
  readonly linux?: readonly string[];
  /** Patterns that hold on macOS only. */
  readonly macos?: readonly string[];
  /** What the patterns name: directories unless said. */
  readonly kind?: 'directory' | 'file';
  readonly requires?: Requirement;
  /** First bytes of the file, one character per byte. The caller reads the file; the name alone is no proof. */
  readonly magic?: string;
  /** Names directly inside that stay, whatever happens to the rest. */
  readonly keep?: readonly string[];
  /**
   * Programs (as /proc/PID/comm shows them, 15 characters at most) that own it while they run. An interpreter's name
   * (node, java, python3) is a reason to look closer, not proof of use.
   */
  readonly usedBy?: readonly string[];
  /** The owner's command that frees the space: words without shell tricks, CAPITALS to be filled in by a person. */
  readonly command?: string;
  /** The command was seen to leave nothing worth telling of the place, so that what it gives back can be promised. */
  readonly empties?: true;
  /** A command that only shows what is there. */
  readonly inspect?: string;
  /** What to do where no command does it. */
  readonly advice?: string;
  /** What goes wrong for those who act without knowing. */
  readonly traps?: readonly string[];
  /**
   * Where path and command were seen: a manual page, a file of the owner's package, a documentation page. "research
   * table" marks what the project's research had seen there and nobody opened again for this row.
   */
  readonly source: string;
  /** `false` where nothing but general knowledge stands behind the row; such a row is never class A. */
  readonly verified?: false;
}
