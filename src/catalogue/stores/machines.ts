/** Disks of virtual machines and their backups: each is somebody's system. */
import type { MachineStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const machines: readonly (StoreEntry & { readonly store: MachineStore })[] = [
  {
    store: 'virtualbox',
    marks: ['*.vbox', '*/*.vbox'],
    places: ['desktop-virtual-machines'],
    programs: ['VirtualBoxVM', 'VBoxHeadless', 'VBoxSVC'],
    parts: [
      ['snapshot', '*/Snapshots'],
      ['snapshot', 'Snapshots'],
      ['instance', '*'],
    ],
    levers: [
      { command: 'VBoxManage list vms --long', does: 'shows' },
      { command: 'VBoxManage snapshot MACHINE delete SNAPSHOT', loses: 'old-generations', needsRoom: true },
      { command: 'VBoxManage modifymedium disk FILE --compact', loses: 'nothing' },
    ],
    source: 'virtualbox.org/manual: VBoxManage snapshot, modifymedium',
  },
  {
    store: 'vmware',
    marks: ['*.vmx *.vmdk', '*/*.vmx'],
    programs: ['vmware-vmx'],
    parts: [['instance', '*']],
    levers: [
      { command: 'vmrun listSnapshots FILE.vmx', does: 'shows' },
      { command: 'vmrun deleteSnapshot FILE.vmx SNAPSHOT', loses: 'old-generations', needsRoom: true },
    ],
    source: 'VMware: Using vmrun to Control Virtual Machines',
  },
  {
    store: 'lima',
    marks: ['*/lima.yaml', '_config */lima.yaml', 'lima.yaml diffdisk', 'lima.yaml basedisk'],
    places: ['lima-machines'],
    parts: [['instance', '*']],
    levers: [
      { command: 'limactl list', does: 'shows' },
      { command: 'limactl delete INSTANCE', loses: 'content' },
    ],
    source: 'lima-vm.io/docs: limactl delete',
  },
  {
    store: 'multipass',
    marks: [
      'vault/instances',
      'multipassd/vault',
      'multipassd-vm-instances.json',
      'instances/*/*.img vault-instance-image-records.json',
    ],
    programs: ['multipassd'],
    parts: [
      ['instance', 'vault/instances/*'],
      ['instance', 'multipassd/vault/instances/*'],
      ['image', 'cache/vault/images'],
    ],
    levers: [
      { command: 'multipass purge', loses: 'thrown-away' },
      { command: 'multipass list', does: 'shows' },
    ],
    source: 'canonical.com/multipass/docs: multipass purge',
  },
  {
    store: 'docker-desktop',
    marks: ['Docker.raw'],
    extent: /^Docker\.raw$/u,
    places: ['docker-desktop-disk'],
    levers: [
      { command: 'docker system prune', loses: 'owners-choice' },
      { command: 'docker system df -v', does: 'shows' },
    ],
    source: 'docs.docker.com: Docker Desktop, disk utilization',
  },
  {
    store: 'android-device',
    marks: ['userdata-qemu.img* config.ini', '*.avd/config.ini'],
    places: ['android-virtual-devices'],
    parts: [['instance', '*.avd']],
    levers: [
      { command: 'avdmanager list avd', does: 'shows' },
      { command: 'avdmanager delete avd -n NAME', loses: 'content' },
    ],
    source: 'developer.android.com: avdmanager; emulator data directory',
  },
  {
    store: 'proxmox-dumps',
    marks: ['vzdump-*-[0-9]*-[0-9]*_[0-9]*_[0-9]*-*', 'dump/vzdump-*-[0-9]*'],
    places: ['proxmox-dumps'],
    extent: /^(?:vzdump-|dump$|template$)/u,
    levers: [
      { command: 'pvesm prune-backups STORAGE --keep-last 3 --dry-run', does: 'shows' },
      { command: 'pvesm prune-backups STORAGE --keep-last 3', loses: 'old-generations' },
    ],
    source: 'pve.proxmox.com: pvesm(1) prune-backups, vzdump(1)',
  },
  {
    store: 'proxmox-images',
    marks: [
      'images/[0-9]*/vm-[0-9]*-disk-[0-9]*',
      'images/[0-9]*/base-[0-9]*-disk-[0-9]*',
      '[0-9]*/vm-[0-9]*-disk-[0-9]*',
    ],
    extent: /^(?:images|\d+)$/u,
    parts: [
      ['instance', 'images/*'],
      ['instance', '*'],
    ],
    levers: [
      { command: 'qm list', does: 'shows' },
      { command: 'qm disk rescan --dryrun 1', does: 'shows' },
      { command: 'qm delsnapshot ID SNAPSHOT', loses: 'old-generations', needsRoom: true },
    ],
    source: 'pve.proxmox.com: Directory backend (images/VMID), qm(1) disk rescan, delsnapshot',
  },
  {
    store: 'proxmox-backup',
    marks: ['.chunks/[0-9a-f][0-9a-f][0-9a-f][0-9a-f]', '.chunks .lock'],
    programs: ['proxmox-backup-proxy'],
    parts: [
      ['chunk', '.chunks'],
      ['backup', 'vm/*'],
      ['backup', 'ct/*'],
      ['backup', 'host/*'],
    ],
    levers: [
      { command: 'proxmox-backup-manager garbage-collection start DATASTORE', loses: 'leftovers' },
      { command: 'proxmox-backup-manager datastore list', does: 'shows' },
    ],
    source: 'pbs.proxmox.com/docs: Maintenance Tasks (pruning, garbage collection)',
  },
  {
    store: 'veeam',
    marks: ['*.vbk', '*.vbm'],
    extent: /\.(?:vbk|vib|vrb|vbm|vlb)$/u,
    levers: [{ command: 'veeamconfig backup list', does: 'shows' }],
    source: 'helpcenter.veeam.com: backup files (VBK, VIB, VRB, VBM), retention; veeamconfig',
  },
  {
    store: 'vm-images',
    marks: ['*.qcow2', '*.qcow2.*'],
    extent: /\.(?:qcow2?|raw|img|vmdk|vdi|vhdx?|iso|ova|snap[^.]*)$|qcow2/u,
    places: ['libvirt-images'],
    programs: ['qemu-system-x86_64', 'qemu-system-aarch64', 'qemu-kvm', 'kvm'],
    levers: [
      { command: 'virsh list --all', does: 'shows' },
      { command: 'virsh blockcommit MACHINE TARGET --active --pivot', loses: 'old-generations' },
    ],
    source: 'virsh(1): blockcommit; QEMU docs/interop/qcow2.txt',
  },
  {
    store: 'nova',
    marks: ['_base compute_nodes', '_base locks'],
    parts: [
      ['image', '_base'],
      ['instance', '*'],
    ],
    levers: [{ command: 'openstack server list --all-projects --host HOST', does: 'shows' }],
    source: 'docs.openstack.org/nova: image cache (remove_unused_base_images), instances_path',
  },
];
