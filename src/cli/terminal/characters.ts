/** Whether a terminal draws more than ASCII, as its locale says. */

/**
 * By LC_ALL, LC_CTYPE and LANG, the first that says anything (locale(7)). Where none does, UTF-8 is taken for granted, as
 * in a rescue system or a container: those that mean another encoding name it.
 */
export function isAsciiByEnvironment(environment: Readonly<Record<string, string | undefined>>): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== undefined && value !== '');
  return locale !== undefined && !/utf-?8/iu.test(locale);
}
