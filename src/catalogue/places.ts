/** Where to look: every entry's patterns made concrete for one household, without the places nobody should trust. */
import type { CatalogueEntry } from './entry.ts';
import { expander, type Household, type Part } from './expand.ts';

export interface Place {
  readonly entry: CatalogueEntry;
  /** The plain directories the pattern starts with, absolute; `/` for a place that may be anywhere. */
  readonly root: string;
  /** What is left below `root`, for a globber with `root` as its working directory; empty where the place is `root`. */
  readonly glob: string;
  /** The place may be anywhere, so there is no root worth looking at: only a scanned tree shows it. */
  readonly floating: boolean;
  /** All components below `/`. */
  readonly parts: readonly Part[];
}

/** Directories that many programs share: a variable pointing at one of them does not make it anybody's cache. */
const shared = new Set(
  [
    '/ /bin /boot /dev /etc /home /lib /lib64 /media /mnt /opt /proc /root /run /sbin /snap /srv /sys /tmp /usr /var',
    '/dev/shm /usr/lib /usr/local /usr/share /var/cache /var/lib /var/log /var/spool /var/tmp',
    '/Applications /Library /System /Users /Volumes /private /private/tmp /private/var /private/var/tmp',
  ].flatMap((line) => line.split(' ')),
);

/** The patterns of `entry` on one platform. */
function patternsOf(entry: CatalogueEntry, platform: Household['platform']): readonly string[] {
  return [...(entry.paths ?? []), ...((platform === 'darwin' ? entry.macos : entry.linux) ?? [])];
}

/**
 * All places of `entries` in `household`: the default ones of every home, and those the environment names. What a
 * variable names is ignored where it is a shared directory, a home, another known place, or the parent of one.
 */
export function placesOf(household: Household, entries: readonly CatalogueEntry[]): Place[] {
  const expand = expander(household);
  const trusted: Place[] = [];
  const named: Place[] = [];
  for (const entry of entries) {
    for (const pattern of patternsOf(entry, household.platform)) {
      for (const expanded of expand(pattern)) {
        (expanded.fromVariable ? named : trusted).push(placeOf(entry, expanded));
      }
    }
  }
  if (named.length === 0) return distinct(trusted);
  const taken = takenBy(trusted, household.homes);
  return distinct([...trusted, ...named.filter((place) => place.glob !== '' || !taken.has(place.root))]);
}

/** Shared directories, homes and the places of `trusted`, with all directories above them. */
function takenBy(trusted: readonly Place[], homes: readonly string[]): ReadonlySet<string> {
  const taken = new Set(shared);
  const paths = [...homes, ...trusted.filter((place) => !place.floating).map((place) => place.root)];
  for (const path of paths) {
    let end = path.length;
    while (end > 0 && !taken.has(path.slice(0, end))) {
      taken.add(path.slice(0, end));
      end = path.lastIndexOf('/', end - 1);
    }
  }
  return taken;
}

function placeOf(
  entry: CatalogueEntry,
  { floating, parts }: { floating: boolean; parts: readonly Part[] },
): Place {
  const firstGlob = floating ? 0 : parts.findIndex((part) => part.glob);
  const plain = firstGlob === -1 ? parts : parts.slice(0, firstGlob);
  const rest = firstGlob === -1 ? [] : parts.slice(firstGlob);
  return {
    entry,
    root: `/${plain.map((part) => part.text).join('/')}`,
    glob: [...(floating ? ['**'] : []), ...rest.map((part) => part.text)].join('/'),
    floating,
    parts,
  };
}

function distinct(places: readonly Place[]): Place[] {
  return [
    ...new Map(places.map((place) => [`${place.entry.id}\0${place.root}\0${place.glob}`, place])).values(),
  ];
}
