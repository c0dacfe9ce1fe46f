/** What can be done about a finding, as data: what it does, what comes back, what is lost, what it needs. */
import type { ByteString } from './byte-string.ts';
import type { FileId } from './file-id.ts';

/**
 * `safe`: it can be made again, nobody uses it, or its owner does it. `review`: a person should look first.
 * `never`: not by hand. Ordered: an action is as risky as the riskiest thing said of it.
 */
export type Risk = 'safe' | 'review' | 'never';

/** From the least risky to the riskiest. */
export const RISKS: readonly Risk[] = ['safe', 'review', 'never'];

/** What comes back, as statfs(2) will show it. */
interface Freed {
  /** 0 where nothing does. */
  readonly bytes: number;
  /** `unknown`: what comes back only the owner can tell, `bytes` is what is known for sure. */
  readonly certainty: 'exact' | 'at-least' | 'unknown';
}

/** What is gone afterwards. */
export type Loss =
  /** Nothing: it only looks, or it makes room without taking anything away. */
  | 'nothing'
  /** What is made or fetched again when it is needed. */
  | 'regenerable'
  | 'log-lines'
  | 'old-generations'
  | 'thrown-away'
  | 'crash-evidence'
  /** What a program left behind that was ended before it had finished. */
  | 'leftovers'
  /** A running program is interrupted. */
  | 'uptime'
  /** What its owner decides to give up. */
  | 'owners-choice'
  | 'content';

interface Needs {
  /** Only root may do it. */
  readonly root?: true;
  /** Runs as this user (a cache command clears the cache of whoever runs it). */
  readonly user?: ByteString;
  /** Processes or units that must have ended. */
  readonly stopped?: readonly ByteString[];
  /** Room for a copy elsewhere. */
  readonly otherDisk?: true;
}

/** Why files may be deleted or emptied at all: what is of unknown meaning never is. */
export type Meaning =
  | 'log'
  | 'old-log'
  | 'rotated-log'
  | 'core-dump'
  | 'leftover'
  | 'old-backup'
  | 'package-download'
  | 'cache'
  | 'build-output'
  | 'trash'
  | 'unused-swap'
  | 'old-release';

interface Consequences {
  readonly frees: Freed;
  readonly loses: Loss;
  readonly risk: Risk;
  readonly needs?: Needs;
}

/** What an action does. Names are bytes; words of a command are an argv, never a line for a shell. */
export type Deed =
  /** Truncates files in place, which works while they are held open. */
  | { readonly kind: 'empty-file'; readonly paths: readonly ByteString[]; readonly meaning: Meaning }
  /** Truncates a file without a name through a process that holds it. */
  | { readonly kind: 'empty-descriptor'; readonly descriptors: readonly Descriptor[] }
  /** Copies a file without a name to another disk before it is lost. */
  | { readonly kind: 'save-descriptor'; readonly descriptor: Descriptor; readonly name: ByteString }
  | { readonly kind: 'delete-files'; readonly paths: readonly ByteString[]; readonly meaning: Meaning }
  | { readonly kind: 'delete-directories'; readonly paths: readonly ByteString[]; readonly meaning: Meaning }
  /** `diskwhy tmp … --delete` on these roots; the words after `tmp`. */
  | {
      readonly kind: 'delete-with-diskwhy';
      readonly roots: readonly ByteString[];
      readonly options: readonly string[];
    }
  /** The program that owns the bytes gives them back. @see OwnerCommand.actsOn */
  | ({ readonly kind: 'owner-command' } & OwnerCommand)
  /** Ends and starts what holds bytes: a unit, a container, or a process that a person must know how to start. */
  | { readonly kind: 'restart-holder'; readonly holder: Holder }
  /** Ends what fills the disk, so that it does not come back by itself. */
  | { readonly kind: 'stop-writer'; readonly holder: Holder }
  | {
      readonly kind: 'vacuum-journal';
      /** Undefined: the running system's. */
      readonly directory: ByteString | undefined;
      readonly keepBytes: number;
      /** Archives the active files first; only where journald runs. */
      readonly rotate: boolean;
    }
  /** Rotates logs by logrotate's own rule. */
  | { readonly kind: 'rotate-log'; readonly configuration: ByteString }
  /** Gives room without deleting: a smaller reserve, a feature, an enlarged volume. */
  | { readonly kind: 'grow'; readonly argv: readonly ByteString[] }
  /** Detaches a loop device whose image has no name any more. */
  | { readonly kind: 'detach-loop'; readonly device: ByteString; readonly mountPoint: ByteString | undefined }
  /** Shows what mounts cover, through a bind mount on a fresh directory. */
  | { readonly kind: 'look-under-mount'; readonly below: ByteString; readonly path: ByteString }
  /** Changes nothing. */
  | { readonly kind: 'look'; readonly argv: readonly ByteString[] };

interface OwnerCommand {
  /** The program that owns what is freed, as catalogue and stores call it: "docker", "postgresql". */
  readonly owner: string;
  readonly argv: readonly ByteString[];
  /** Further commands of the same kind, one after the other. */
  readonly more?: readonly (readonly ByteString[])[];
  /**
   * Which system it acts on: `running` is the one diskwhy runs on (a database asked over its socket, docker), `path`
   * acts on paths in its arguments, wherever they lie.
   */
  readonly actsOn: 'running' | 'path';
  /** CAPITALS in it are for a person to fill in. */
  readonly hasBlanks: boolean;
}

export interface Descriptor {
  readonly pid: number;
  readonly descriptor: number;
  readonly id: FileId;
  readonly diskBytes: number;
}

/** Who has to be ended: the most certain handle that is known. */
export type Holder =
  | { readonly what: 'unit'; readonly name: string }
  | { readonly what: 'container'; readonly name: string; readonly engine: 'docker' | 'podman' }
  | { readonly what: 'supervisor-program'; readonly name: string }
  | { readonly what: 'pm2-app'; readonly name: string }
  /** Under runit: the name, or the directory, of the service. */
  | { readonly what: 'runit-service'; readonly name: string }
  | { readonly what: 'process'; readonly pid: number; readonly command: ByteString };

export type Action = Deed & Consequences;

/** Why the gate let an action not pass, or made it riskier. */
export type GateReason =
  | 'held'
  | 'kernel-uses-it'
  | 'mounted'
  | 'store'
  | 'packaged'
  | 'foreign-root'
  | 'read-only'
  | 'no-regular-file'
  | 'not-a-log'
  | 'last-copy'
  | 'runs-from-it'
  | 'unknown-meaning'
  | 'system-place'
  | 'several-names'
  | 'linked-to'
  | 'named-in-configuration'
  /** Its program, as it runs here, keeps its data in another directory: a command would act on that. */
  | 'another-store'
  | 'audit-trail'
  /** A run of diskwhy has set it, or something in it, aside. */
  | 'set-aside'
  | 'gone';

/** An action that may be shown: it passed the gate. */
export interface Remedy {
  readonly action: Action;
  /** The commands, one after the other, without `sudo`; none where a shell is needed, or only a person can do it. */
  readonly commands: readonly (readonly ByteString[])[];
  /** A line to paste into a POSIX shell: ASCII, every word quoted, `sudo` where it is needed. Undefined where only a person can. */
  readonly line: string | undefined;
  /** The program is not on this machine. */
  readonly missingTool: string | undefined;
}

/** What the gate kept back: said, so that nobody does it by hand instead. */
export interface Refusal {
  readonly kind: Deed['kind'];
  readonly reason: GateReason;
  readonly path: ByteString | undefined;
  /** Processes in the way, where that is the reason. */
  readonly pids: readonly number[];
}
