/** The questions' SQL, from the files beside this one; a bundle has their text in it. */
import { readFileSync } from 'node:fs';

/** A view that can be taken away: its file as it stands. */
const files = {
  why: () => readFileSync(new URL('./sql/why.sql', import.meta.url), 'utf8'),
  full: () => readFileSync(new URL('./sql/full.sql', import.meta.url), 'utf8'),
  loops: () => readFileSync(new URL('./sql/loops.sql', import.meta.url), 'utf8'),
  grew: () => readFileSync(new URL('./sql/grew.sql', import.meta.url), 'utf8'),
  hosts: () => readFileSync(new URL('./sql/hosts.sql', import.meta.url), 'utf8'),
  check: () => readFileSync(new URL('./sql/check.sql', import.meta.url), 'utf8'),
} as const;

export type SqlName = keyof typeof files;

/** The file's text, comments included. */
export function sqlFile(name: SqlName): string {
  return files[name]();
}

/** The query that the view is made of: an engine need not be written to for it to be asked. */
export function sqlQuery(name: SqlName): string {
  const text = files[name]();
  return text.slice(text.indexOf('\n', text.indexOf('CREATE OR REPLACE VIEW')) + 1);
}

/** As the standard has text in SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
