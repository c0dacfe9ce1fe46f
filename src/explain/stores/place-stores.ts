/** What nothing but a place of the catalogue tells as somebody's data: one finding per kind, with what the catalogue says. */
import type { Proposal } from '../../model/finding.ts';
import type { Facts } from '../facts.ts';
import type { KnownPlace } from '../places/known-places.ts';
import type { Claims } from '../claims/claims.ts';
import { inspectActions, ownerActions } from '../../remedies/remedies.ts';
import { placeAdviceOf } from '../claims/place-actions.ts';
import { claimPlaces } from '../claims/place-group.ts';
import type { Rule } from '../claims/rule.ts';
import { directoryPart, worthwhile } from './parts.ts';
import { storeOfPlace } from './found-store.ts';

/** Places that other rules know better, or that say nothing of what lies there. */
const NOT_STORES = new Set([
  'active-logs',
  'rotated-logs',
  'deleted-but-held',
  'deleted-open-files',
  'editor-backups',
  'shared-memory',
  'swap-files',
  'macos-swap',
]);

/** Places that may go by their owner's command, and that no rule of their own looks at. */
const OTHERWISE_UNSEEN = new Set([
  'docker-buildx',
  'pod-logs',
  'minikube',
  'nspawn-machines',
  'image-build-temp',
  'spark-temp',
  'ray-sessions',
  'activity-records',
  'pcp-archives',
  'redis-temp',
]);

export const placeStores: Rule = {
  name: 'store',
  find: (facts, claims) => {
    const places = facts.places.filter(
      ({ entry }) =>
        (OTHERWISE_UNSEEN.has(entry.id) || ('DX'.includes(entry.class) && !NOT_STORES.has(entry.id))) &&
        storeOfPlace(entry) === undefined,
    );
    return [...Map.groupBy(places, ({ entry, system }) => `${entry.id} ${system}`).values()].flatMap(
      (kind) => proposalOf(kind, facts, claims) ?? [],
    );
  },
};

function proposalOf(places: readonly KnownPlace[], facts: Facts, claims: Claims): Proposal | undefined {
  const group = claimPlaces(places, facts, claims);
  if (group === undefined) return undefined;
  const { tree } = facts.scan;
  const [{ entry, path, directory, file }] = group.places;
  const parts =
    group.places.length > 1
      ? group.places.map((place) => directoryPart('directory', place.path, place.directory, tree))
      : file === undefined
        ? [...tree.children(directory)].map((child) =>
            directoryPart('directory', tree.name(child), child, tree),
          )
        : [];
  return {
    rule: 'store',
    kind: 'place',
    id: entry.id,
    what: entry.what,
    directory: path,
    advice: placeAdviceOf(entry),
    parts: worthwhile(parts),
    diskBytes: group.diskBytes,
    claimedBytes: group.claimedBytes,
    // Somebody's data: what of it may go only they know.
    freeableBytes: 0,
    paths: group.places.map((place) => place.path),
    actions: [...ownerActions(entry, path, facts.accounts, 0), ...inspectActions(entry)],
    risk: 'DX'.includes(entry.class) ? 'never' : 'review',
  };
}
