/** Units that are, hold or lie in the place of a known program: its own command keeps index, locks and links right. */
import type { CatalogueEntry } from '../../catalogue/catalogue.ts';
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { TmpReason } from '../../model/tmp-reason.ts';
import type { JudgedUnit } from '../judged-unit.ts';
import type { KnownPlace } from '../roots/roots.ts';
import type { Candidate } from '../units/units.ts';

export interface KnownSurroundings {
  /** Places of classes other than A that are there. */
  readonly known: readonly KnownPlace[];
  readonly homes: readonly string[];
}

type Verdict = Pick<JudgedUnit, 'verdict' | 'reason' | 'holders' | 'advice'>;

/** Undefined where no other program has a say in it. */
export function ownersBusiness(unit: Candidate, { known, homes }: KnownSurroundings): Verdict | undefined {
  const { entry, path, keeps } = unit;
  if (entry && (entry.class === 'B' || entry.class === 'X')) return ofPlace(entry, 'itself', path);
  if (entry?.class === 'A' && entry.command !== undefined && keeps.length > 0)
    return ofPlace(entry, 'itself', path, keeps);
  const home = homes.find((one) => isInside(one, path));
  if (home !== undefined) return userData({ code: 'home-inside', home: home as ByteString });
  const inside = known.find((place) => place.entry !== entry && isInside(place.path, path));
  if (inside) return ofPlace(inside.entry, 'inside', inside.path);
  const around = known.find(({ path: place, entry: other }) => isInside(path, place) && other.class !== 'C');
  return around && ofPlace(around.entry, 'around', around.path);
}

function ofPlace(
  entry: CatalogueEntry,
  where: 'itself' | 'inside' | 'around',
  place: ByteString,
  keeps: readonly ByteString[] = [],
): Verdict {
  const { what, command } = entry;
  const isCommand = command !== undefined && 'ABX'.includes(entry.class);
  return {
    verdict: isCommand ? 'owner-command' : 'protected',
    reason: { code: isCommand ? 'owner-command' : 'known-place', what, where, place, keeps },
    holders: [],
    advice: { code: 'owner', entry, place },
  };
}

function userData(reason: TmpReason): Verdict {
  return { verdict: 'protected', reason, holders: [], advice: undefined };
}
