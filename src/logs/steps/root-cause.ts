/** Why a failing step fails: the error it names, looked up on this machine. */
import { fromText, parentPath, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { RootCause } from '../../model/root-cause.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';
import { pathStanding } from '../../system/files/path-standing.ts';
import { ownerName } from '../../system/machine/owner-names.ts';
import { readKernelLog } from '../../system/processes/kernel-log.ts';
import { holderOfSocket, isOwnHost, listeningSockets } from '../../system/processes/listening-sockets.ts';
import { readProcess } from '../../system/processes/process-identity.ts';

const refused = /connection.?refused|ECONNREFUSED/iu;
const taken = /address already in use|EADDRINUSE|port \S+ (?:is )?already (?:in use|allocated)/iu;
const full = /no space left on device|ENOSPC/iu;
const denied = /permission denied|EACCES/iu;
/** As PostgreSQL, MySQL, MongoDB, Redis, AMQP, SMTP (535), LDAP (49), SSH and HTTP clients are told. */
const refusedLogin =
  /password authentication failed|\b28P01\b|access denied for user|\bauthentication failed|\bAuthenticationFailed\b|WRONGPASS|NOAUTH|ACCESS_REFUSED|login (?:was refused|failed|incorrect)|invalid credentials|bad credentials|permission denied \((?:publickey|password|keyboard-interactive)|\b401 unauthorized/iu;
const userName =
  /\b(?:user(?:name)?|role|login)[ =:]+["'`]([^"'`\s]{1,64})["'`]|\buser(?:name)?=([\w.@-]{1,64})/iu;
const missing = /no such file or directory|ENOENT|NoSuchFile|FileNotFound/iu;
const killed =
  /\b(?:signal 9|SIGKILL|oom-?kill\w*|out of memory)\b|status=9\/KILL|\bexit (?:status|code) 137\b/iu;
/** The kernel's own words (mm/oom_kill.c): "Out of memory: Killed process 812 (java) …". */
const killedByKernel = /Killed process \d+ \((.+?)\)/u;

/** host:port in a URL or on its own; a name without a dot needs a port that is no line number. */
const address =
  /(?:\b[a-z][\w+.-]*:\/\/(?:[^\s/@]*@)?|^|[\s"'(=[<])((?:\[[\da-f:]+\]|\d{1,3}(?:\.\d{1,3}){3}|localhost|[a-z][\w-]*(?:\.[\w-]+)*)):(\d{2,5}|9|7)\b(?!\.\d|:\d)/giu;
const spelled =
  /"(?:address|host|hostname)"?: ?'?"([^"']+)["'].{0,20}?"port"?: ?(\d+)|\('([\d.]+)', (\d+)\)|\bhost='([^']+)', port=(\d+)/u;
const onlyPort = /\bport[ =:]+(\d{1,5})\b|:(\d{2,5})\b/iu;
const quotedPath = /["'`](\/[^"'`\n]+)["'`]/u;
const plainPath = /(?:^|[\s(=:[])(\/[^\s:;,"')\]]+)/u;

/**
 * Null where the line names no error that can be looked up, or not of what.
 * @param line the step as it reads in the log. @param others lines of the same round: they may name the address.
 * @param log where the lines stand, for an error that names no place.
 */
export function rootCauseOf(line: string, others: readonly string[], log: ByteString): RootCause | null {
  if (taken.test(line)) return addressTaken([line, ...others]);
  if (refused.test(line)) return connectionRefused([line, ...others]);
  if (full.test(line)) return noSpace(pathIn(line) ?? (log.startsWith('/') ? log : undefined));
  if (refusedLogin.test(line)) return loginRefused([line, ...others]);
  if (denied.test(line)) return standing('denied', line);
  if (missing.test(line)) return standing('missing', line);
  return killed.test(line) ? killedForMemory([line, ...others]) : null;
}

function connectionRefused(lines: readonly string[]): RootCause | null {
  const found = addressIn(lines);
  if (found === undefined) return null;
  return { kind: 'refused', address: `${found.host}:${found.port}`, isListening: isListening(found) };
}

/** Null where the host is another machine, which is not asked. */
function isListening({ host, port }: Address): boolean | null {
  const listening = isOwnHost(host) ? listeningSockets() : null;
  return listening === null ? null : listening.some((socket) => socket.port === port);
}

function loginRefused(lines: readonly string[]): RootCause {
  const found = addressIn(lines);
  const user = lines.map((line) => userName.exec(line)).find((match) => match !== null);
  return {
    kind: 'login-refused',
    user: user?.[1] ?? user?.[2] ?? null,
    address: found === undefined ? null : `${found.host}:${found.port}`,
    isListening: found === undefined ? null : isListening(found),
  };
}

function addressTaken(lines: readonly string[]): RootCause | null {
  const found = addressIn(lines) ?? portIn(lines);
  const listening = found === undefined ? null : listeningSockets();
  if (found === undefined || listening === null) return null;
  const socket = listening.find(({ port }) => port === found.port);
  const pid = socket === undefined ? undefined : holderOfSocket(socket.inode);
  const holder = pid === undefined ? undefined : readProcess(pid);
  return {
    kind: 'address-taken',
    address: `${found.host}:${found.port}`,
    isTaken: socket !== undefined,
    holder:
      holder === undefined
        ? null
        : { pid: holder.pid, command: holder.command, commandLine: holder.commandLine },
  };
}

function noSpace(path: ByteString | undefined): RootCause | null {
  for (let at = path; at !== undefined && at !== ''; at = at === '/' ? undefined : parentPath(at)) {
    try {
      const { availableBytes, inodes, inodesUsed } = readUsage(at);
      return {
        kind: 'no-space',
        path: at,
        availableBytes,
        freeInodes: inodes === 0 ? null : inodes - inodesUsed,
      };
    } catch {
      // Not there any more: its directory is on the same filesystem as often as not.
    }
  }
  return null;
}

function standing(kind: 'denied' | 'missing', line: string): RootCause | null {
  const path = pathIn(line);
  const found = path === undefined ? undefined : pathStanding(path);
  if (path === undefined || found === undefined) return null;
  const { isThere, at, uid, permissions } = found;
  return kind === 'denied'
    ? { kind, path, at, owner: toText(ownerName('user', uid) ?? fromText(String(uid))), permissions }
    : { kind, path, isThere, at };
}

/** Only of a program that the lines name: others are killed as well. */
function killedForMemory(lines: readonly string[]): RootCause | null {
  const programs = readKernelLog().flatMap((message) => killedByKernel.exec(message)?.[1] ?? []);
  const program = programs.find((name) => lines.some((line) => line.includes(name)));
  if (program === undefined) return null;
  return { kind: 'killed-for-memory', program, times: programs.filter((name) => name === program).length };
}

interface Address {
  readonly host: string;
  readonly port: number;
}

function addressIn(lines: readonly string[]): Address | undefined {
  for (const line of lines) {
    const found = spelled.exec(line);
    if (found) {
      const [host, port] = found.slice(1).filter((part) => part !== undefined);
      return { host, port: Number(port) };
    }
    for (const [, host, port] of line.matchAll(address))
      // "server.js:55" is a place in a program, 12:30 a time.
      if (!/\.(?:[cm]?[jt]sx?|go|py|rb|java|c|cc|cpp|rs|php|pl)$/iu.test(host) && Number(port) <= 65_535)
        return { host, port: Number(port) };
  }
  return undefined;
}

function portIn(lines: readonly string[]): Address | undefined {
  for (const line of lines) {
    const found = onlyPort.exec(line);
    const port = Number(found?.[1] ?? found?.[2]);
    if (port > 0 && port <= 65_535) return { host: '*', port };
  }
  return undefined;
}

function pathIn(line: string): ByteString | undefined {
  const path = quotedPath.exec(line)?.[1] ?? plainPath.exec(line)?.[1];
  return path === undefined ? undefined : fromText(path.replace(/[.]+$/u, ''));
}
