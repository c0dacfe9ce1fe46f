/**
 * A machine of its own for what this one's kernel has not, or what nobody would do to it: Debian's kernel in QEMU, with
 * this machine's files as its root. Nothing that is written in it stays, but what it prints.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { needsLong, needsRoot, needsTool, unless } from '../requirements.ts';
import { tempFolder } from '../temp-folder.ts';

/** Where boot/vmlinuz-VERSION and lib/modules/VERSION are: "/", or a package linux-image-… unpacked, after `depmod -b`. */
const place = process.env['DISKWHY_TEST_KERNEL'] ?? '/';

/** What the root over 9p needs; all else is loaded from there. */
const MODULES = ['virtio_pci', '9pnet_virtio', '9p', 'overlay'];

export const needsVirtualMachine = unless(
  needsLong,
  needsRoot,
  needsTool('qemu-system-x86_64', 'busybox', 'cpio', 'modprobe'),
  kernelVersion() === undefined && 'needs a kernel with modules: DISKWHY_TEST_KERNEL says where',
);

export interface MachineRun {
  /** Of the command; undefined where the machine ended before it. */
  readonly code: number | undefined;
  /** Both of its outputs, in their order. */
  readonly output: string;
  /** What the kernel said. */
  readonly console: string;
}

/** Boots it, runs a shell command as root and waits for its end; a machine that takes longer than that is ended. */
export async function runInMachine(command: string, timeoutMs = 900_000): Promise<MachineRun> {
  using folder = tempFolder();
  const share = path.join(folder.path, 'share');
  mkdirSync(share);
  const modules = path.join(place, 'lib/modules', kernelVersion()!);
  writeFileSync(
    path.join(share, 'run.sh'),
    `export PATH=${process.env['PATH']} HOME=/root TMPDIR=/tmp DM_DISABLE_UDEV=1 DISKWHY_VIRTUAL_MACHINE=1
    (cd ${process.cwd()} && ${command})
    echo $? >/share/code
    sync; echo b >/proc/sysrq-trigger`,
  );
  const options = [
    ['-accel', 'tcg,thread=multi'],
    ['-cpu', 'max'],
    ['-smp', '2'],
    ['-m', '3072'],
    ['-nographic'],
    ['-no-reboot'],
    ['-nic', 'none'],
    ['-kernel', path.join(place, 'boot', `vmlinuz-${kernelVersion()!}`)],
    ['-initrd', initramfs(folder.path)],
    ['-append', `console=ttyS0 panic=-1 quiet kernel_modules=${modules}`],
    ['-virtfs', 'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap'],
    ['-virtfs', `local,path=${share},mount_tag=share,security_model=none`],
  ];
  const qemu = spawn('qemu-system-x86_64', options.flat(), {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  let said = '';
  for (const stream of [qemu.stdout, qemu.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said += text));
  await once(qemu, 'close');
  const read = (name: string): string =>
    existsSync(path.join(share, name)) ? readFileSync(path.join(share, name), 'utf8') : '';
  const code = read('code').trim();
  return { code: code === '' ? undefined : Number(code), output: read('output'), console: said };
}

function kernelVersion(): string | undefined {
  const boot = path.join(place, 'boot');
  const versions = existsSync(boot) ? readdirSync(boot).filter((name) => name.startsWith('vmlinuz-')) : [];
  return versions
    .map((name) => name.slice('vmlinuz-'.length))
    .findLast((version) => existsSync(path.join(place, 'lib/modules', version, 'modules.dep')));
}

/** The first root: busybox, the modules in the order in which they are to be loaded, and the script that finds the second. */
function initramfs(folder: string): string {
  const root = path.join(folder, 'initramfs');
  for (const directory of ['bin', 'dev', 'proc', 'modules'])
    mkdirSync(path.join(root, directory), { recursive: true });
  const busybox = execFileSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).trim();
  cpSync(busybox, path.join(root, 'bin/busybox'), { dereference: true });
  cpSync(path.join(import.meta.dirname, 'init.sh'), path.join(root, 'init'));
  for (const [index, file] of moduleFiles().entries())
    cpSync(file, path.join(root, 'modules', `${String(index).padStart(2, '0')}-${path.basename(file)}`));
  const image = path.join(folder, 'initramfs.cpio');
  execFileSync('sh', ['-c', 'chmod +x init; find . | cpio --quiet -o -H newc >"$0"', image], { cwd: root });
  return image;
}

function moduleFiles(): string[] {
  const lines = MODULES.flatMap((name) =>
    execFileSync('modprobe', ['-d', place, '-S', kernelVersion()!, '--show-depends', name], {
      encoding: 'utf8',
    }).split('\n'),
  );
  return [...new Set(lines.flatMap((line) => /^insmod (\S+)/u.exec(line)?.[1] ?? []))];
}
