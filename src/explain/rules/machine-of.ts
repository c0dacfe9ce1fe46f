/** Which virtual machine a process is, by how hypervisors are started. */
import type { ByteString } from '../../model/byte-string.ts';
import type { ProcessIdentity } from '../../model/process.ts';

/** What /proc/PID/comm begins with, at most 15 bytes. */
const HYPERVISORS =
  /^(?:qemu(?:-system|-kvm|$)|kvm$|VirtualBoxVM|VBoxHeadless|vmware-vmx|firecracker|cloud-hyperviso|crosvm|bhyve)/u;

/** Whether it runs a virtual machine: what it holds open are that machine's disks, whatever is on them. */
export function isHypervisor({ command }: Pick<ProcessIdentity, 'command'>): boolean {
  return HYPERVISORS.test(command);
}

/**
 * The machine's name: `-name guest=NAME,…` or `-name NAME` (qemu(1)), `--comment NAME` (VirtualBox), `--id NAME`
 * (Firecracker), a .vmx file (VMware). Undefined where it was given none, or is no hypervisor.
 */
export function machineOf(process: Pick<ProcessIdentity, 'command' | 'commandLine'>): ByteString | undefined {
  if (!isHypervisor(process)) return undefined;
  const { commandLine } = process;
  const option = commandLine.findIndex((word) => /^(?:--?name|--comment|--id)$/u.test(word));
  const value =
    option === -1 ? commandLine.findLast((word) => word.endsWith('.vmx')) : commandLine[option + 1];
  const name = value?.replace(/^guest=/u, '').split(',', 1)[0];
  return name === undefined || name === '' ? undefined : (name as ByteString);
}
