/** Why the bytes are there: brings the facts together and lets every rule judge them. */
import type { ByteString } from '../model/byte-string.ts';
import type { Finding } from '../model/finding.ts';
import { quarantinesIn } from './places/named-directories.ts';
import { worthBytes } from './facts.ts';
import type { Facts } from './facts.ts';
import { findKnownPlaces } from './places/known-places.ts';
import type { Preparation } from './places/preparation.ts';
import { withOtherSystems } from './places/foreign-roots.ts';
import { withFoundHomes } from './places/found-homes.ts';
import { findFindings } from './rules/rules.ts';
import { findStores } from './stores/found-store.ts';
import { configuredStores, createWorld } from '../remedies/remedies.ts';

/** Known places far smaller than a finding still add up to one. */
const SMALL_PLACE = 1 / 8;

export async function findingsOf(
  preparation: Preparation,
  facts: Omit<Facts, 'accounts' | 'otherRoots' | 'places' | 'stores' | 'worthBytes'>,
): Promise<readonly Finding[]> {
  const least = worthBytes(facts.filesystems);
  const { accounts, matcher, programs, otherRoots, systemOf } = withFoundHomes(
    withOtherSystems(preparation, facts.scan, facts.mounts, least),
    facts.scan,
    facts.request.environment['HOME'],
    least,
  );
  const places = findKnownPlaces(facts.scan, matcher, least * SMALL_PLACE, systemOf);
  const { isRoot, openFiles, mounts } = facts;
  let known: readonly ByteString[] | undefined;
  const quarantines = (): readonly ByteString[] => (known ??= quarantinesIn(facts.scan.tree));
  const world = createWorld({ isRoot, openFiles: () => openFiles, mounts, matcher, programs, quarantines });
  const stores = findStores({
    scan: facts.scan,
    mounts: facts.mounts,
    places,
    configured: configuredStores(openFiles),
    leastBytes: least,
  });
  return await findFindings({ ...facts, accounts, otherRoots, places, stores, worthBytes: least }, world);
}
