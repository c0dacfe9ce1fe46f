/** The door of the catalogue: known places that eat disks, what they are and what may be done about them. Data only. */
import type { CatalogueEntry } from './entry.ts';
import type { Household } from './expand.ts';
import { applicationStores } from './families/application-stores.ts';
import { browsers } from './families/browsers.ts';
import { cAndCpp } from './families/c-and-cpp.ts';
import { containers } from './families/containers.ts';
import { continuousIntegration } from './families/continuous-integration.ts';
import { crashDumps } from './families/crash-dumps.ts';
import { dataPlatforms } from './families/data-platforms.ts';
import { databases } from './families/databases.ts';
import { desktop } from './families/desktop.ts';
import { dotnet } from './families/dotnet.ts';
import { editors } from './families/editors.ts';
import { filesystem } from './families/filesystem.ts';
import { games } from './families/games.ts';
import { go } from './families/go.ts';
import { infrastructure } from './families/infrastructure.ts';
import { javascriptPackages } from './families/javascript-packages.ts';
import { javascriptProjects } from './families/javascript-projects.ts';
import { jvm } from './families/jvm.ts';
import { logs } from './families/logs.ts';
import { machineLearning } from './families/machine-learning.ts';
import { macos } from './families/macos.ts';
import { mobile } from './families/mobile.ts';
import { otherLanguages } from './families/other-languages.ts';
import { python } from './families/python.ts';
import { rust } from './families/rust.ts';
import { servers } from './families/servers.ts';
import { systemPackages } from './families/system-packages.ts';
import { virtualMachines } from './families/virtual-machines.ts';
import { type Matcher, matcherOf } from './matcher.ts';
import { type Place, placesOf } from './places.ts';

export { commandWords } from './command-words.ts';
export type { CatalogueEntry } from './entry.ts';
export type { Household } from './expand.ts';
export type { Matcher, PlaceKind } from './matcher.ts';
export type { Place } from './places.ts';
export { markedStore } from './store-marks.ts';
export { leverWords } from './stores/lever-words.ts';
export type { Lever, Setting, StoreEntry } from './stores/store-entry.ts';
export { stores } from './stores/stores.ts';

/** Every family under its name: one file each. */
export const families: Readonly<Record<string, readonly CatalogueEntry[]>> = {
  'system-packages': systemPackages,
  'application-stores': applicationStores,
  logs,
  'crash-dumps': crashDumps,
  containers,
  'virtual-machines': virtualMachines,
  databases,
  'data-platforms': dataPlatforms,
  'continuous-integration': continuousIntegration,
  servers,
  'javascript-packages': javascriptPackages,
  'javascript-projects': javascriptProjects,
  python,
  go,
  rust,
  'c-and-cpp': cAndCpp,
  jvm,
  dotnet,
  mobile,
  'other-languages': otherLanguages,
  infrastructure,
  games,
  'machine-learning': machineLearning,
  editors,
  browsers,
  desktop,
  macos,
  filesystem,
};

export const catalogue: readonly CatalogueEntry[] = Object.values(families).flat();

/** The concrete places to look at in `household`; a globber expands each `glob` below its `root`. */
export function placesToLook(household: Household): Place[] {
  return placesOf(household, catalogue).filter((place) => !place.floating);
}

/** Says which entries claim a path in `household`. Made once, compiled at the first question, and cheap to ask then. */
export function catalogueMatcher(household: Household): Matcher {
  let compiled: Matcher | undefined;
  const matcher = (): Matcher => (compiled ??= matcherOf(placesOf(household, catalogue)));
  return {
    mayClaim: (name, kind) => matcher().mayClaim(name, kind),
    claims: (path, kind) => matcher().claims(path, kind),
    claim: (path, kind, namesIn) => matcher().claim(path, kind, namesIn),
  };
}
