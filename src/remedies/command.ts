/** An action as a command: the words of it for programs, a line to paste for people. The one place that makes either. */
import type { Action, Deed, Holder, Remedy } from '../model/action.ts';
import { fromText } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { shellLine, shellWord } from './shell-word.ts';

/** Who would type it, and what is installed. */
export interface Shell {
  readonly isRoot: boolean;
  /** Whether a program of this name is on the PATH. */
  readonly hasTool: (name: string) => boolean;
}

/** The action with its command. */
export function remedyOf(action: Action, shell: Shell): Remedy {
  const steps = stepsOf(action).map((argv) => asUser(argv, action, shell));
  const line = action.kind === 'look-under-mount' ? coveredLine(action, shell) : lineOf(steps, action, shell);
  const tools = steps.map(([program]) => program);
  return {
    action,
    commands: steps,
    line,
    missingTool: tools.find((tool) => tool !== 'diskwhy' && !tool.includes('/') && !shell.hasTool(tool)),
  };
}

/** The commands of an action, one after the other; none where only a person can do it. */
function stepsOf(deed: Deed): ByteString[][] {
  switch (deed.kind) {
    case 'empty-file':
      return [words('truncate', '-s', '0', ...deed.paths)];
    case 'empty-descriptor':
      return [words('truncate', '-s', '0', ...deed.descriptors.map(descriptorPath))];
    case 'save-descriptor':
      return [words('cp', '--sparse=always', descriptorPath(deed.descriptor), `/OTHER/DISK/${deed.name}`)];
    case 'delete-files':
      return [words('rm', '--', ...deed.paths)];
    case 'delete-directories':
      return [words('rm', '-rf', '--', ...deed.paths)];
    case 'delete-with-diskwhy':
      return [words('diskwhy', 'tmp', ...deed.options.map(fromText), '--delete', ...deed.roots)];
    case 'owner-command':
      return [deed.argv, ...(deed.more ?? [])].map((argv) => [...argv]);
    case 'look':
    case 'grow':
      return [[...deed.argv]];
    case 'restart-holder':
      return restartSteps(deed.holder);
    case 'stop-writer':
      return stopSteps(deed.holder);
    case 'vacuum-journal':
      return [
        words(
          'journalctl',
          ...(deed.directory === undefined ? [] : ['-D', deed.directory]),
          ...(deed.rotate ? ['--rotate'] : []),
          `--vacuum-size=${Math.max(1, Math.floor(deed.keepBytes / MIB))}M`,
        ),
      ];
    case 'rotate-log':
      return [words('logrotate', '-f', deed.configuration)];
    case 'detach-loop':
      return [
        ...(deed.mountPoint === undefined ? [] : [words('umount', deed.mountPoint)]),
        words('losetup', '-d', deed.device),
      ];
    case 'look-under-mount':
      return [];
  }
}

const MIB = 2 ** 20;

function words(...argv: readonly string[]): ByteString[] {
  return argv as ByteString[];
}

function descriptorPath({
  pid,
  descriptor,
}: {
  readonly pid: number;
  readonly descriptor: number;
}): ByteString {
  return `/proc/${pid}/fd/${descriptor}` as ByteString;
}

/** A process is started again as it was started before, which only a person knows. */
function restartSteps(holder: Holder): ByteString[][] {
  switch (holder.what) {
    case 'unit':
      return [words('systemctl', 'restart', fromText(holder.name))];
    case 'container':
      return [words(holder.engine, 'restart', fromText(holder.name))];
    case 'supervisor-program':
      return [words('supervisorctl', 'restart', fromText(holder.name))];
    case 'pm2-app':
      return [words('pm2', 'restart', fromText(holder.name))];
    case 'runit-service':
      return [words('sv', 'restart', fromText(holder.name))];
    case 'process':
      return [];
  }
}

/** The way that keeps it from coming back until somebody starts it. */
function stopSteps(holder: Holder): ByteString[][] {
  switch (holder.what) {
    case 'unit':
      return [words('systemctl', 'stop', fromText(holder.name))];
    case 'container':
      return [
        ...(holder.engine === 'docker'
          ? [words('docker', 'update', '--restart=no', fromText(holder.name))]
          : []),
        words(holder.engine, 'stop', fromText(holder.name)),
      ];
    case 'supervisor-program':
      return [words('supervisorctl', 'stop', fromText(holder.name))];
    case 'pm2-app':
      return [words('pm2', 'stop', fromText(holder.name))];
    case 'runit-service':
      return [words('sv', 'down', fromText(holder.name))];
    case 'process':
      return [words('kill', String(holder.pid))];
  }
}

/** Root runs a user's command as that user. */
function asUser(argv: ByteString[], { needs }: Action, { isRoot }: Shell): ByteString[] {
  if (needs?.user === undefined || !isRoot) return argv;
  return words('su', '-', needs.user, '-c', fromText(shellLine(argv)));
}

function lineOf(
  steps: readonly (readonly ByteString[])[],
  { needs }: Action,
  { isRoot }: Shell,
): string | undefined {
  if (steps.length === 0) return undefined;
  const sudo = needs?.root === true && !isRoot ? 'sudo ' : '';
  return steps.map((argv) => sudo + shellLine(argv)).join(' && ');
}

/** A fresh directory, because whatever is mounted on a known one would be covered in its turn. */
function coveredLine(
  { below, path }: Extract<Deed, { kind: 'look-under-mount' }>,
  { isRoot }: Shell,
): string {
  const sudo = isRoot ? '' : 'sudo ';
  const inside = (below === '/' ? path : path.slice(below.length)) as ByteString;
  return `d=$(mktemp -d) && ${sudo}mount --bind ${shellWord(below)} "$d" && ${sudo}ls -la "$d"${inside === '' ? '' : shellWord(inside)}; ${sudo}umount "$d"`;
}
