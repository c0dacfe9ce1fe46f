/** Virtual machines and their backups. */
import type { MachineStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const machines: Readonly<Record<MachineStore, StoreWords>> = {
  'vm-images': {
    name: 'disk images of virtual machines',
    gives:
      'merge snapshot chains with the hypervisor (virsh blockcommit, Proxmox: qm delsnapshot), remove disks of machines that are gone; inside a guest fstrim gives back what it deleted (discard=unmap)',
    never:
      'never delete an image that another names as its backing file or that a machine runs from: the guest is lost',
  },
  virtualbox: {
    name: 'VirtualBox machines',
    gives: 'delete snapshots in VirtualBox, which merges them, then compact disks',
    never: 'never delete .vdi files of a chain by hand',
  },
  vmware: {
    name: 'VMware machines',
    gives: 'delete or consolidate snapshots with the hypervisor',
    never: 'never delete -delta or -00000N.vmdk files by hand: the disk is lost',
  },
  lima: {
    name: 'Lima or Colima machines',
    gives: 'delete instances nobody needs; inside one fstrim gives back what it deleted',
    never: 'never delete diffdisk of an instance that is used',
  },
  multipass: {
    name: 'Multipass instances',
    gives: 'purge deleted instances; they stay until then',
    never: 'never delete images by hand while multipassd runs',
  },
  'docker-desktop': {
    name: 'Docker Desktop disk',
    gives: 'prune inside, Docker Desktop then gives the space back',
    never: 'never delete Docker.raw while it runs: all images and volumes are in it',
  },
  'android-device': {
    name: 'Android virtual devices',
    gives: 'delete devices nobody needs, or wipe their data',
    never: 'never delete single images of a device',
  },
  'proxmox-dumps': {
    name: 'Proxmox backups',
    gives: 'set prune-backups on the storage, or prune once; look with --dry-run first',
    never: 'the newest backup of each guest stays',
  },
  'proxmox-images': {
    name: 'Proxmox disks of virtual machines',
    gives:
      'remove machines, snapshots and unused disks in Proxmox (a rescan shows what no machine names); inside a guest fstrim gives back what it deleted (discard=on)',
    never: 'never delete a vm- or base- disk by hand: a machine, or a clone of it, needs it',
  },
  'proxmox-backup': {
    name: 'Proxmox Backup Server datastore',
    gives: 'prune snapshots, then run garbage collection: chunks go a day after nothing needs them',
    never: 'never delete below .chunks by hand: all backups share them',
  },
  veeam: {
    name: 'Veeam backups',
    gives: 'lower retention of the job; chains go when no later increment needs them',
    never: 'never delete .vbk or .vib files of a chain by hand',
  },
  nova: {
    name: 'OpenStack Nova instances',
    gives:
      'delete instances nobody needs in OpenStack; the image cache manager removes base images that none is built on (remove_unused_base_images)',
    never: 'never delete a base image by hand: the disks of instances are built on it',
  },
};
