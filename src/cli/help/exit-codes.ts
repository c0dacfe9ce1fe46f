/** What the exit codes say: for the help, the README and the man page. */

/** In the order of the codes. */
export const exitCodeMeanings: readonly (readonly [code: string, meaning: string])[] = [
  ['0', 'done'],
  [
    '1',
    'something was found, and an option asked to fail for it (--fail-if, --fail-on-finding, --fail-on-alarm); wins over 3',
  ],
  ['2', 'wrong usage, or refused: one line on stderr says why, and nothing was done'],
  ['3', 'done, but part could not be read, deleted or printed: totals marked ≥ are at least what is shown'],
  ['130', 'interrupted; the partial report says so (128 + the signal, where there was no time for one)'],
  ['--check', '0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN instead, as monitoring systems have them'],
];
