/**
 * The gate: every action passes here before it is shown, whichever rule proposed it. It has the last word, and it knows
 * nothing of rules: what is held, mounted, a live store's, a package's, another system's or of unknown meaning is never
 * to be deleted, emptied or copied over, now or by a rule to come. What may go by its owner's command stays possible.
 */
import { RISKS } from '../model/action.ts';
import type { Action, Descriptor, GateReason, Meaning, Refusal, Risk } from '../model/action.ts';
import { baseName, isInside, parentPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { insideRoot } from './another-root.ts';
import { PACKED_LOG } from './log-text.ts';
import { LOG_PLACES } from './store-of.ts';
import { isSystemPlace } from './system-places.ts';
import type { World } from './world.ts';

export type Passage = { readonly action: Action } | { readonly refusal: Refusal };

/** What an action is about. */
export interface Subject {
  /** Where they lie in another system, what can be is done inside that. */
  readonly paths: readonly ByteString[];
  /** Of what lies there. */
  readonly risk: Risk;
}

/** The action as it may be shown, never less risky than what it is about. */
export function passGate(proposed: Action, { paths, risk }: Subject, world: World): Passage {
  const root = paths.map((path) => world.foreignRootOf(path)).find((one) => one !== undefined);
  const action = (root === undefined ? undefined : insideRoot(proposed, root)) ?? proposed;
  const refusal = refusalOf(action, paths, world);
  if (refusal !== undefined) return { refusal: { kind: action.kind, ...refusal } };
  return { action: { ...action, risk: riskOf(action, risk) } };
}

const CHANGES_NOTHING: ReadonlySet<Action['kind']> = new Set(['look', 'look-under-mount', 'save-descriptor']);

/** Of what lies there and of what is done, the riskier; what changes nothing is as risky as it is by itself. */
function riskOf({ kind, risk }: Action, place: Risk): Risk {
  if (CHANGES_NOTHING.has(kind)) return risk;
  // What is never to be touched by hand may go by its owner's command.
  const ofPlace = place === 'never' && kind === 'owner-command' ? 'review' : place;
  return RISKS[Math.max(RISKS.indexOf(ofPlace), RISKS.indexOf(risk))];
}

type Reason = Omit<Refusal, 'kind'>;
type OwnerCommand = Extract<Action, { readonly kind: 'owner-command' }>;

function refusalOf(action: Action, paths: readonly ByteString[], world: World): Reason | undefined {
  switch (action.kind) {
    case 'empty-file':
      return first(action.paths, (path) => emptying(path, world));
    case 'delete-files':
      return first(action.paths, (path) => deleting(path, 'file', action.meaning, world));
    case 'delete-directories':
      return first(action.paths, (path) => deleting(path, 'directory', action.meaning, world));
    case 'empty-descriptor':
      for (const descriptor of action.descriptors) {
        const reason = emptyingDescriptor(descriptor, world);
        if (reason !== undefined) return reason;
      }
      return undefined;
    case 'owner-command':
      return action.actsOn === 'running'
        ? (foreign(paths, world) ?? anothers(action, paths, world))
        : undefined;
    case 'vacuum-journal':
      return action.directory === undefined ? foreign(paths, world) : undefined;
    case 'restart-holder':
    case 'stop-writer':
    case 'rotate-log':
      return foreign(paths, world);
    case 'delete-with-diskwhy':
    case 'save-descriptor':
    case 'grow':
    case 'detach-loop':
    case 'look-under-mount':
      return undefined;
    case 'look':
      return namesItsRoot(action.argv, paths, world) ? undefined : foreign(paths, world);
  }
}

/** Nothing but the log text of a regular file that no store and no package owns. That it is held open is what emptying is for. */
function emptying(path: ByteString, world: World): Reason | undefined {
  const standing = world.standingAt(path);
  if (standing === undefined) return because('gone', path);
  if (standing.kind !== 'file') return because('no-regular-file', path);
  if (world.isReadOnly(path)) return because('read-only', path);
  const aside = world.setAsideAt(path);
  if (aside !== undefined) return because('set-aside', aside);
  const store = world.storeOf(path);
  if (store !== undefined && !LOG_PLACES.has(store)) return because('store', path);
  if (world.isPackaged(path)) return because('packaged', path);
  if (isAuditTrail(path)) return because('audit-trail', path);
  const { pids, kernel, isRunFrom } = world.holdOn(path);
  if (kernel !== undefined) return because('kernel-uses-it', path, pids);
  if (isRunFrom) return because('runs-from-it', path, pids);
  return world.isLogText(path) ? undefined : because('not-a-log', path);
}

/** The same of a file without a name: a program loses its footing where anything but its log is emptied under it. */
function emptyingDescriptor({ pid, descriptor }: Descriptor, world: World): Reason | undefined {
  if (world.isLastCopy(pid, descriptor)) return because('last-copy', undefined, [pid]);
  const path = world.formerPathOf(pid, descriptor);
  const store = path === undefined ? undefined : world.storeOf(path);
  if (store !== undefined && !LOG_PLACES.has(store)) return because('store', path, [pid]);
  if (path !== undefined && isAuditTrail(path)) return because('audit-trail', path, [pid]);
  return world.holdsLogText(pid, descriptor) ? undefined : because('not-a-log', path, [pid]);
}

/** Places of the catalogue that are what is to be deleted, however careful their class is. */
const OF_MEANING: Readonly<Partial<Record<Meaning, readonly string[]>>> = {
  'unused-swap': ['swap-files'],
  'core-dump': ['systemd-coredumps', 'core-file', 'java-heap-dump', 'kernel-crash-dumps'],
  trash: ['trash'],
  'old-log': [...LOG_PLACES],
  'rotated-log': [...LOG_PLACES],
};

const LOG_MEANINGS: ReadonlySet<Meaning> = new Set(['old-log', 'rotated-log']);

function deleting(
  path: ByteString,
  kind: 'file' | 'directory',
  meaning: Meaning,
  world: World,
): Reason | undefined {
  const standing = world.standingAt(path);
  if (standing === undefined) return because('gone', path);
  if (standing.kind !== kind) return because('no-regular-file', path);
  const root = world.foreignRootOf(path);
  if (isSystemPlace(root === undefined ? path : path.slice(root.length) || '/'))
    return because('system-place', path);
  const mount = world.mountIn(path);
  if (mount !== undefined) return because('mounted', mount);
  const aside = world.setAsideAt(path);
  if (aside !== undefined) return because('set-aside', aside);
  if (world.isReadOnly(path)) return because('read-only', path);
  const store = world.storeOf(path);
  if (store !== undefined && OF_MEANING[meaning]?.includes(store) !== true) return because('store', path);
  if (world.isPackaged(path)) return because('packaged', path);
  const { pids, kernel, isRunFrom } = world.holdOn(path);
  if (kernel !== undefined) return because('kernel-uses-it', path, pids);
  if (pids.length > 0) return because(isRunFrom ? 'runs-from-it' : 'held', path, pids);
  const link = kind === 'directory' ? world.linkTo(path) : undefined;
  if (link !== undefined) return because('linked-to', link);
  const project = meaning === 'build-output' ? world.holdOn(parentPath(path)) : undefined;
  // What runs in a project runs from what the project built, whether it holds a file of it now or not.
  const users = project?.isRunFrom === true ? project.pids : world.startedFrom(path);
  if (users.length > 0) return because('runs-from-it', path, users);
  const naming = kind === 'directory' ? namedIn(path, root, meaning, world) : undefined;
  if (naming !== undefined) return because('named-in-configuration', naming);
  if (LOG_MEANINGS.has(meaning) && isAuditTrail(path)) return because('audit-trail', path);
  const isOther = LOG_MEANINGS.has(meaning) && !isOldLog(path, store, world);
  return isOther ? because('not-a-log', path) : undefined;
}

/** What starts from a project starts from what the project built. Another system's configuration is not asked. */
function namedIn(
  path: ByteString,
  root: ByteString | undefined,
  meaning: Meaning,
  world: World,
): ByteString | undefined {
  if (root !== undefined) return undefined;
  return world.namedIn(meaning === 'build-output' ? parentPath(path) : path);
}

/**
 * Who did what and who owes what, kept as evidence, written as lines like any log's: audit trails (Vault, Kubernetes,
 * databases), accounting (RADIUS, process accounting) and call records, by the file's name or a directory's above it.
 */
function isAuditTrail(path: ByteString): boolean {
  const directory = parentPath(path);
  return (
    EVIDENCE.test(baseName(path)) ||
    [baseName(directory), baseName(parentPath(directory))].some((name) => EVIDENCE_PLACE.test(name))
  );
}

const EVIDENCE = /(?:^|[-_.])(?:audit|accounting|pacct|cdrs?|billing)(?:[-_.]|$)/iu;
const EVIDENCE_PLACE = /^(?:audits?|radacct|accounting|cdrs?|cdr-(?:csv|custom)|billing)$/iu;

/** By its lines; where they are packed so that nobody here can read them, by a place where only logs are kept. */
function isOldLog(path: ByteString, store: string | undefined, world: World): boolean {
  if (!PACKED_LOG.test(path)) return world.isLogText(path);
  return world.isPackedLogText(path) ?? (store !== undefined && LOG_PLACES.has(store));
}

/** Commands that act on the running system do nothing for another one's files, and harm to its own. */
function foreign(paths: readonly ByteString[], world: World): Reason | undefined {
  const path = paths.find((one) => world.foreignRootOf(one) !== undefined);
  return path === undefined ? undefined : because('foreign-root', path);
}

/**
 * A data directory that was moved away from, or copied, has names in common with the one in use: tables, volumes,
 * topics. What a program of the machine is told decides; one that holds the directory all the same runs from it.
 */
function anothers(
  { owner, argv }: OwnerCommand,
  paths: readonly ByteString[],
  world: World,
): Reason | undefined {
  // Docker's places in the catalogue are owners of their own: docker-layers.
  const isDocker = /^docker(?:-|$)/u.test(owner);
  const used = world.placesOf(isDocker ? 'docker' : owner);
  if (used.length === 0 || (!isDocker && isInContainer(argv))) return undefined;
  const path = paths.find(
    (one) =>
      !used.some((place) => isInside(one, place) || isInside(place, one)) &&
      (isDocker || world.holdOn(one).pids.length === 0),
  );
  return path === undefined ? undefined : because('another-store', path);
}

/** It asks the program that runs there. */
function isInContainer(argv: readonly ByteString[]): boolean {
  return argv[0] === 'docker' && argv[1] === 'exec';
}

/** Whether a command is about another system's files, by naming one of them or that system's root. */
function namesItsRoot(argv: readonly ByteString[], paths: readonly ByteString[], world: World): boolean {
  const roots = paths.flatMap((path) => world.foreignRootOf(path) ?? []);
  return argv.some((word) => roots.some((root) => isInside(word, root)));
}

function first(
  paths: readonly ByteString[],
  ask: (path: ByteString) => Reason | undefined,
): Reason | undefined {
  if (paths.length === 0) return because('unknown-meaning', undefined);
  for (const path of paths) {
    const reason = path.startsWith('/') ? ask(path) : because('unknown-meaning', path);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function because(reason: GateReason, path: ByteString | undefined, pids: readonly number[] = []): Reason {
  return { reason, path, pids };
}
