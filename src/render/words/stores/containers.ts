/** Container engines. */
import type { ContainerStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const containers: Readonly<Record<ContainerStore, StoreWords>> = {
  docker: {
    name: 'Docker images and layers',
    gives:
      'let Docker remove stopped containers, unused networks, dangling images and build cache; with -a also images that no container uses',
    never: 'never delete below overlay2/ or image/ by hand: it corrupts the store',
  },
  containerd: {
    name: 'containerd images and snapshots',
    gives:
      'let it remove images that no container uses, through whoever drives it: crictl for Kubernetes, nerdctl, Docker or ctr; its garbage collection then takes the snapshots, orphaned ones too after a restart',
    never: 'never delete snapshots or blobs by hand: running containers are built on them',
  },
  podman: {
    name: 'Podman images and containers',
    gives:
      'let Podman remove stopped containers and dangling images; with -a all unused images, with --volumes unused volumes, which are data',
    never: 'never delete below overlay/ by hand: it corrupts the store',
  },
  k3s: {
    name: 'k3s or RKE2 data',
    gives: 'let it remove images that no container uses; old etcd snapshots go by etcd-snapshot-retention',
    never: 'never delete below agent/containerd by hand',
  },
  kubelet: {
    name: 'volumes of pods',
    gives:
      'they belong to pods that run: see which writes, give it an ephemeral-storage limit, delete the pod if it may start anew',
    never: 'never delete below pods/ by hand: mounted volumes of other disks may lie there',
  },
  lxd: {
    name: 'LXD or Incus instances and images',
    gives: 'delete cached images, snapshots and instances nobody needs (with lxc for LXD)',
    never: 'never delete below storage-pools/ by hand',
  },
  buildkit: {
    name: 'BuildKit cache',
    gives:
      'let it remove cache that no build uses now; gckeepstorage (reservedSpace, maxUsedSpace) in buildkitd.toml keeps it below a size by itself',
    never: 'never delete snapshots by hand: builds that run are made on them',
  },
  harbor: {
    name: 'Harbor registry',
    gives:
      'set tag retention rules and run "Garbage Collection" in its administration: only that keeps its database and the registry alike',
    never: 'never delete blobs by hand, nor run the garbage collection of the registry beside it',
  },
  'container-registry': {
    name: 'container registry',
    gives:
      'delete tags or manifests through the registry, then run its garbage collection while nobody pushes',
    never: 'never delete blobs by hand: images share them',
  },
  nspawn: {
    name: 'nspawn machines',
    gives: 'remove machines with machinectl',
    never: 'never delete them while they run',
  },
};
