/** Whether to use colours, as the environment of the process says. */

/**
 * NO_COLOR (no-color.org) wins over FORCE_COLOR (force-color.org), and both over CLICOLOR_FORCE and CLICOLOR
 * (bixense.com/clicolors) and a dumb terminal; where nothing is said, a terminal has colours and a pipe has none.
 */
export function colorsByEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  const { NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM } = environment;
  if (isSet(NO_COLOR)) return false;
  if (isSet(FORCE_COLOR)) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (isSet(CLICOLOR_FORCE) && CLICOLOR_FORCE !== '0') return true;
  return isTerminal && CLICOLOR !== '0' && TERM !== 'dumb';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
