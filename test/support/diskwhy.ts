/** Runs the program as a user would: bin/diskwhy.js in a process of its own, with a bare environment. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { readDocument } from './document.ts';

export const program = path.resolve(import.meta.dirname, '../../bin/diskwhy.js');

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly gid?: number;
  /** A command line that runs the program, e.g. ['prlimit', '--nofile=64:64']. */
  readonly under?: readonly string[];
}

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts it and hands the process over: whoever takes it awaits its end. */
export function startDiskwhy(
  args: readonly string[],
  { under = [], env = {}, cwd = '/', ...user }: RunOptions = {},
): ChildProcessWithoutNullStreams {
  const [command, ...rest] = [...under, process.execPath, program, ...args];
  return spawn(command, rest, {
    cwd,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...env },
    ...user,
  });
}

export async function finished(child: ChildProcessWithoutNullStreams): Promise<Finished> {
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  return { code, signal, stdout, stderr };
}

export async function runDiskwhy(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = startDiskwhy(args, options);
  child.stdin.end();
  return finished(child);
}

/** What `--json` prints. */
export interface ExplainJson {
  readonly schema: string;
  readonly version: string;
  readonly generatedAt: string;
  readonly complete: boolean;
  readonly interrupted: boolean;
  readonly roots: readonly RootJson[];
  readonly contained: readonly { readonly path: string; readonly countedIn: string }[];
  readonly filesystems: readonly {
    readonly mountPoint: string;
    readonly type: string;
    readonly totalBytes: number;
    readonly usedBytes: number;
    readonly availableBytes: number;
    readonly reservedBytes: number;
    readonly inodes: number;
    readonly inodesUsed: number;
    readonly ledger: {
      readonly scope: string;
      readonly accounts: readonly {
        readonly account: string;
        readonly bytes: number | null;
        readonly complete: boolean;
        readonly note: string | null;
        readonly noteFacts: Readonly<Record<string, unknown>> | null;
      }[];
    };
  }[];
  readonly findings: readonly object[];
  readonly problems: {
    readonly count: number;
    readonly items: readonly {
      readonly path: string;
      readonly pathBase64?: string;
      readonly operation: string;
      readonly code: string;
    }[];
  };
  readonly excluded: number;
}

export interface RootJson {
  readonly path: string;
  readonly pathBase64?: string;
  readonly mountPoint: string | null;
  readonly source: string;
  readonly threads: number;
  readonly seconds: number;
  readonly totals: Readonly<Record<'diskBytes' | 'apparentBytes' | 'entries', number>> &
    Readonly<Record<'files' | 'directories' | 'symlinks' | 'others', number>>;
  readonly byUse: readonly { readonly use: string; readonly diskBytes: number; readonly entries: number }[];
  readonly byType: readonly { readonly type: string; readonly diskBytes: number; readonly entries: number }[];
  readonly byAge: readonly { readonly age: string; readonly diskBytes: number; readonly entries: number }[];
  readonly tree: TreeJson;
  readonly largestFiles: readonly {
    readonly path: string;
    readonly pathBase64?: string;
    readonly diskBytes: number;
    readonly apparentBytes: number;
    readonly links: number;
    readonly modifiedAt: string;
  }[];
  readonly mounts: readonly {
    readonly path: string;
    readonly type: string;
    readonly usedBytes: number | null;
    readonly totalBytes: number | null;
    readonly counted: boolean;
  }[];
}

export interface TreeJson {
  readonly path: string;
  readonly pathBase64?: string;
  readonly type: string;
  readonly diskBytes: number;
  readonly apparentBytes: number;
  readonly freeableBytes: number;
  readonly entries: number;
  readonly modifiedAt: string | null;
  readonly complete: boolean;
  readonly children: readonly TreeJson[];
  readonly rest: { readonly directories: number; readonly diskBytes: number; readonly entries: number };
}

/** Runs it with `--json` and reads what it prints. */
export async function explainJson(
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished & { readonly json: ExplainJson }> {
  const result = await runDiskwhy([...args, '--json'], options);
  return { ...result, json: readDocument(result.stdout) as ExplainJson };
}
