/** What known programs keep, as findings: one per store, with its parts, who has it open, and the program's own levers. */
import type { Action } from '../../model/action.ts';
import { fromText, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import type { StoreVolume } from '../../model/findings/store.ts';
import { namedFile } from '../../system/files/named-file.ts';
import { dockerStores } from './docker-stores.ts';
import type { Facts } from '../facts.ts';
import { unseenOf } from '../files/file-writers.ts';
import type { Claims } from '../claims/claims.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';
import type { FoundStore } from './found-store.ts';
import { leftoversIn, partsByPattern, worthwhile } from './parts.ts';
import { readers } from './readers/readers.ts';
import { leverActions } from './store-actions.ts';
import { extentOf } from './store-extent.ts';
import { dockerContainerOf, StoreHolders } from './store-holders.ts';

/** Stores in containers' volumes: before the rule that would take the volumes as a whole. */
export const hostedStores: Rule = {
  name: 'store',
  find: (facts, claims) =>
    proposalsFor(
      facts.stores.filter(({ host }) => host !== undefined),
      facts,
      claims,
    ),
};

/** All others: what the rules before, which know some of them in detail, have left of them. */
export const store: Rule = {
  name: 'store',
  find: (facts, claims) =>
    proposalsFor(
      facts.stores.filter(({ host }) => host === undefined),
      facts,
      claims,
    ),
};

function proposalsFor(stores: readonly FoundStore[], facts: Facts, claims: Claims): Proposal[] {
  const holders = new StoreHolders(facts);
  return stores.flatMap((one) => proposalOf(one, holders, facts, claims) ?? []);
}

function proposalOf(
  found: FoundStore,
  allHolders: StoreHolders,
  facts: Facts,
  claims: Claims,
): Proposal | undefined {
  const extent = extentOf(found, facts, claims);
  if (extent.unclaimedBytes < facts.worthBytes) return undefined;
  const { entry, path, foundBy } = found;
  const { tree } = facts.scan;
  const holders = allHolders.of(path);
  const volume = volumeOf(found, facts);
  const inside = {
    container: holders.map(dockerContainerOf).find((name) => name !== undefined) ?? volume?.usedBy[0],
    owner: ownerOf(path, facts),
    hasAccount: (name: string) => facts.accounts.some((account) => account.name === name),
  };
  const reading = readers[entry.store]?.({ store: found, tree, facts, inside, holders });
  const parts = worthwhile(
    reading?.parts ?? partsByPattern(found, tree, leftoversIn(found, facts.scan.largestFiles)),
  );
  const actions = isUnused(volume)
    ? volumeActions(volume, extent.unclaimedBytes)
    : [
        ...(reading?.actions ?? []),
        ...(reading?.onlyThese === true ? [] : leverActions(found, inside, parts)),
      ];
  return {
    rule: 'store',
    kind: 'program',
    store: entry.store,
    directory: path,
    foundBy,
    version: reading?.version,
    parts,
    holders,
    unseen: unseenOf(facts),
    volume,
    ...extent.claim(),
    // What its first lever gives, where somebody counted that.
    freeableBytes: actions.find(isFreeing)?.frees.bytes ?? 0,
    paths: [tree.path(found.directory)],
    actions,
    risk: 'never',
  };
}

function ownerOf(path: ByteString, { accounts }: Facts): ByteString | undefined {
  const uid = namedFile(path)?.uid;
  return accounts.find((account) => account.uid === uid)?.name;
}

function isFreeing({ kind, frees }: Action): boolean {
  return kind !== 'look' && (frees.bytes > 0 || frees.certainty === 'unknown');
}

/** Docker's volume that it lies in, and whose that is. */
function volumeOf({ host, path }: FoundStore, facts: Facts): StoreVolume | undefined {
  if (host === undefined || !path.startsWith(`${host.path}/volumes/`)) return undefined;
  const name = path.slice(host.path.length + '/volumes/'.length).split('/', 1)[0] as ByteString;
  const engine = dockerStores(facts).find((one) => one.path === host.path);
  const users = engine?.containers.flatMap(({ container }) =>
    container?.volumes.includes(toText(name)) === true ? [fromText(container.name)] : [],
  );
  return { name, usedBy: users ?? [], isCertain: engine?.areAllKnown ?? false };
}

/** No container has it, running or stopped: its program does not run, and what runs here is another one. */
function isUnused(volume: StoreVolume | undefined): volume is StoreVolume {
  return volume !== undefined && volume.usedBy.length === 0 && volume.isCertain;
}

/**
 * A volume that somebody gave a name waits for its container to come back: `docker compose down` leaves it like that.
 * One without a name is what `docker volume prune` takes as well.
 */
function volumeActions({ name }: StoreVolume, bytes: number): Action[] {
  const inspection = looking('docker', 'volume', 'inspect', name);
  if (!/^[0-9a-f]{64}$/u.test(name)) return [inspection];
  return [
    {
      kind: 'owner-command',
      owner: 'docker',
      argv: ['docker', 'volume', 'rm', name] as ByteString[],
      actsOn: 'running',
      hasBlanks: false,
      frees: { bytes, certainty: 'at-least' },
      loses: 'content',
      risk: 'review',
    },
    inspection,
  ];
}
