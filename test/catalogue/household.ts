/** Households that the catalogue's tests ask about: two Linux homes, a Mac, and shorthand to ask. */
import { catalogueMatcher, type Household, type PlaceKind } from '../../src/catalogue/catalogue.ts';

export const linux: Household = { platform: 'linux', homes: ['/home/ada', '/root'], environment: {} };
export const mac: Household = { platform: 'darwin', homes: ['/Users/ada'], environment: {} };

const matchers = new Map<Household, ReturnType<typeof catalogueMatcher>>();

/** The matcher of `household`, compiled once. */
export function matcherFor(household: Household): ReturnType<typeof catalogueMatcher> {
  const known = matchers.get(household) ?? catalogueMatcher(household);
  matchers.set(household, known);
  return known;
}

/** The id of the entry that claims `path`; `names` are what stands in each directory the matcher asks about. */
export function claimedBy(
  path: string,
  {
    kind = 'directory',
    household = linux,
    names = {},
  }: { kind?: PlaceKind; household?: Household; names?: Readonly<Record<string, readonly string[]>> } = {},
): string | undefined {
  return matcherFor(household).claim(path, kind, (directory) => names[directory] ?? [])?.id;
}
