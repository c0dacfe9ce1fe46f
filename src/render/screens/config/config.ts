/** Values of options as a TOML document, with the place where each is set beside it. */

export interface ConfigRow {
  readonly name: string;
  /** Undefined where the program decides. */
  readonly value: boolean | string | readonly string[] | undefined;
  /** "/etc/diskwhy/config.toml:3"; undefined where it is the default. */
  readonly place: string | undefined;
}

export interface ConfigTable {
  readonly command: string;
  readonly rows: readonly ConfigRow[];
}

/** A file that was not read. */
export interface PassedOverFile {
  readonly path: string;
  readonly why: 'distrusted' | 'unreadable';
}

const REASONS = {
  distrusted: 'another user than root can write it',
  unreadable: 'it cannot be read',
} as const;

/** Lines without line ends. */
export function configLines(tables: readonly ConfigTable[], passedOver: readonly PassedOverFile[]): string[] {
  const warnings = passedOver.map(({ path, why }) => `# not read, because ${REASONS[why]}: ${quoted(path)}`);
  const rows = tables.flatMap((table) => table.rows);
  const width = Math.max(...rows.map((row) => definition(row).length));
  const blocks = tables.map((table) => [
    `[${table.command}]`,
    ...table.rows.map((row) => `${definition(row).padEnd(width)}  # ${row.place ?? 'default'}`),
  ]);
  return [...warnings, ...blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))];
}

/** What has no value cannot be written as one, and stands as a comment. */
function definition({ name, value }: ConfigRow): string {
  if (value === undefined) return `# ${name}`;
  return `${name} = ${Array.isArray(value) ? `[${value.map(quoted).join(', ')}]` : typeof value === 'string' ? quoted(value) : String(value)}`;
}

/** A basic string of TOML, whose escapes are those of JSON; what could reach a terminal as a control is escaped. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/gu,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
