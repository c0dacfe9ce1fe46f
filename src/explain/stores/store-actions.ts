/** The commands of a store as actions: as the account they need, inside the container the program runs in. */
import { leverWords } from '../../catalogue/catalogue.ts';
import type { Lever } from '../../catalogue/catalogue.ts';
import type { Action, Loss } from '../../model/action.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { PartKind, StorePart } from '../../model/findings/store.ts';
import type { FoundStore } from './found-store.ts';

/** Where the program runs. */
export interface Inside {
  /** The container's name; undefined where it runs on the machine itself. */
  readonly container: ByteString | undefined;
  /** The account that owns the store's directory; undefined where the machine has none for its user. */
  readonly owner: ByteString | undefined;
  /** Accounts of the machine: a command is run as one only where there is one. */
  readonly hasAccount: (name: string) => boolean;
}

interface Gives {
  readonly bytes: number;
  readonly certainty: 'exact' | 'at-least' | 'unknown';
}

/** A command of a program, with what it does; names in it are the store's own. */
export interface StoreCommand {
  readonly argv: readonly string[];
  readonly loses: Loss;
  readonly user?: string;
  readonly needsRoom?: boolean;
  readonly hasBlanks?: boolean;
  readonly actsOn?: 'running' | 'path';
  /** What comes back; only the program knows unless somebody counted it. */
  readonly gives?: Gives;
}

/** The levers of a store's row, those for what most of it is first, else in their order. @param parts what lies in it. */
export function leverActions(store: FoundStore, inside: Inside, parts: readonly StorePart[]): Action[] {
  const main = mainKind(parts);
  return (store.entry.levers ?? [])
    .toSorted((a, b) => rankOf(a, main) - rankOf(b, main))
    .map((lever) => leverAction(lever, store, inside));
}

function mainKind(parts: readonly StorePart[]): PartKind | undefined {
  const bytes = new Map<PartKind, number>();
  for (const { kind, diskBytes } of parts) bytes.set(kind, (bytes.get(kind) ?? 0) + diskBytes);
  return [...bytes].toSorted(([, a], [, b]) => b - a).at(0)?.[0];
}

function rankOf({ of }: Lever, main: PartKind | undefined): number {
  if (of === undefined) return 1;
  return main !== undefined && of.includes(main) ? 0 : 2;
}

function leverAction(lever: Lever, { entry, path }: FoundStore, inside: Inside): Action {
  const { argv, hasBlanks, namesPlace } = leverWords(lever, path);
  const { loses = 'owners-choice', user, needsRoom } = lever;
  if (lever.does === 'shows') return showing({ argv, loses, user }, inside);
  const actsOn = namesPlace ? 'path' : 'running';
  return giving(entry.store, { argv, loses, user, needsRoom, hasBlanks, actsOn }, inside);
}

function showing({ argv, user }: Optional<StoreCommand>, inside: Inside): Action {
  return {
    kind: 'look',
    argv: wordsIn(argv, user, inside),
    frees: { bytes: 0, certainty: 'exact' },
    loses: 'nothing',
    risk: 'safe',
    ...needsOf(user, false, inside),
  };
}

type Optional<Command> = { readonly [Key in keyof Command]: Command[Key] | undefined } & {
  readonly argv: readonly string[];
  readonly loses: Loss;
};

/** The program gives bytes back. @param owner the program, as stores call it. */
export function giving(owner: string, command: Optional<StoreCommand>, inside: Inside): Action {
  const { argv, loses, user, needsRoom, hasBlanks, actsOn, gives } = command;
  return {
    kind: 'owner-command',
    owner,
    argv: wordsIn(argv, user, inside),
    actsOn: actsOn ?? 'running',
    hasBlanks: hasBlanks ?? false,
    frees: gives ?? { bytes: 0, certainty: 'unknown' },
    loses,
    risk: 'review',
    ...needsOf(user, needsRoom ?? false, inside),
  };
}

function accountOf(user: string | undefined, { owner }: Inside): string | undefined {
  return user === '{owner}' ? owner : user;
}

function wordsIn(argv: readonly string[], user: string | undefined, inside: Inside): ByteString[] {
  const { container } = inside;
  if (container === undefined) return [...argv] as ByteString[];
  const account = accountOf(user, inside);
  return [
    'docker',
    'exec',
    ...(account === undefined ? [] : ['-u', account]),
    container,
    ...argv,
  ] as ByteString[];
}

function needsOf(user: string | undefined, needsRoom: boolean, inside: Inside): Pick<Action, 'needs'> {
  const account = accountOf(user, inside);
  const { container, hasAccount } = inside;
  const isOther =
    account !== undefined && account !== 'root' && container === undefined && hasAccount(account);
  if (!isOther && !needsRoom) return {};
  return {
    needs: {
      ...(isOther ? { user: account as ByteString } : {}),
      ...(needsRoom ? { otherDisk: true } : {}),
    },
  };
}
