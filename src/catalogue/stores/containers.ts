/** Stores of container engines: images and layers are shared, so only the engine can tell what is unused. */
import type { ContainerStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const containers: readonly (StoreEntry & { readonly store: ContainerStore })[] = [
  {
    store: 'k3s',
    marks: ['agent/containerd', 'agent/images server'],
    places: ['k3s-containerd'],
    hosts: ['storage'],
    parts: [
      ['image', 'agent/containerd'],
      ['image', 'agent/images'],
      ['volume', 'storage/*'],
      ['snapshot', 'server/db/snapshots'],
      ['database', 'server/db'],
      ['package', 'data'],
    ],
    levers: [
      { command: 'k3s crictl rmi --prune', loses: 'regenerable' },
      { command: 'k3s crictl imagefsinfo', does: 'shows' },
    ],
    source: 'docs.k3s.io: crictl, etcd-snapshot; crictl rmi --prune',
  },
  {
    store: 'docker',
    marks: [
      'image containers volumes',
      'overlay2/l image',
      'overlay2 image buildkit',
      'containers buildkit volumes',
    ],
    places: ['docker-layers'],
    programs: ['dockerd'],
    hosts: ['volumes'],
    logs: /^containers\/[0-9a-f]{64}\/[0-9a-f]{64}-json\.log(?:\.\d+)?$/u,
    levers: [
      { command: 'docker system prune', loses: 'owners-choice' },
      { command: 'docker system df -v', does: 'shows' },
    ],
    configuration: [
      { files: ['/etc/docker/daemon.json'], pattern: /"(?:data-root|graph)"\s*:\s*"([^"]+)"/u },
      { pattern: /\0--(?:data-root|graph)[=\0]([^\0]+)/u },
    ],
    source: 'docs.docker.com: dockerd data-root, docker system prune, docker system df',
  },
  {
    store: 'containerd',
    marks: ['io.containerd.*'],
    places: ['containerd-store'],
    programs: ['containerd'],
    levers: [
      { command: 'crictl rmi --prune', loses: 'regenerable' },
      { command: 'nerdctl system prune', loses: 'owners-choice' },
      { command: 'ctr -n k8s.io images prune --all', loses: 'regenerable' },
    ],
    configuration: [{ files: ['/etc/containerd/config.toml'], pattern: /^\s*root\s*=\s*["']([^"'\n]+)/mu }],
    source: 'containerd docs: ops.md (root); crictl rmi --prune; nerdctl system prune; ctr images prune',
  },
  {
    store: 'podman',
    marks: [
      'overlay overlay-images',
      'overlay overlay-layers',
      'overlay libpod',
      'overlay-images overlay-layers',
      'vfs vfs-images vfs-layers',
    ],
    places: ['podman-storage'],
    hosts: ['volumes'],
    parts: [
      ['volume', 'volumes/*'],
      ['container', 'overlay-containers'],
      ['layer', 'overlay'],
      ['layer', 'vfs'],
      ['image', 'overlay-images'],
    ],
    levers: [
      { command: 'podman system prune', loses: 'owners-choice' },
      { command: 'podman system df', does: 'shows' },
    ],
    configuration: [{ files: ['/etc/containers/storage.conf'], pattern: /^\s*graphroot\s*=\s*"([^"]+)"/mu }],
    source: 'podman-system-prune(1), containers-storage.conf(5)',
  },
  {
    store: 'kubelet',
    marks: ['pods plugins_registry', 'pods device-plugins', 'pods cpu_manager_state', 'pods pod-resources'],
    places: ['kubelet-pods'],
    hosts: ['pods'],
    programs: ['kubelet'],
    levers: [
      { command: 'kubectl delete pod -n NAMESPACE POD', loses: 'uptime' },
      { command: 'kubectl get pods -A -o wide --field-selector spec.nodeName=NODE', does: 'shows' },
    ],
    source: 'kubernetes.io/docs: Local ephemeral storage, Node-pressure Eviction',
  },
  {
    store: 'lxd',
    marks: [
      'storage-pools database',
      'storage-pools containers',
      'storage-pools devlxd',
      'storage-pools guestapi',
      // A storage pool by itself.
      'containers containers-snapshots virtual-machines',
      'containers custom virtual-machines',
    ],
    places: ['lxd-store'],
    parts: [
      ['image', 'images'],
      ['instance', 'storage-pools/*/containers/*'],
      ['instance', 'storage-pools/*/virtual-machines/*'],
      ['snapshot', 'storage-pools/*/containers-snapshots/*'],
      ['snapshot', 'storage-pools/*/virtual-machines-snapshots/*'],
      ['image', 'storage-pools/*/images'],
      ['volume', 'storage-pools/*/custom/*'],
      ['instance', 'containers/*'],
      ['instance', 'virtual-machines/*'],
      ['snapshot', 'containers-snapshots/*'],
      ['snapshot', 'virtual-machines-snapshots/*'],
      ['volume', 'custom/*'],
      ['image', 'disks'],
      ['backup', 'backups'],
      ['log', 'logs'],
    ],
    levers: [
      { command: 'incus image list', does: 'shows' },
      { command: 'incus image delete IMAGE', loses: 'regenerable' },
      { command: 'incus snapshot delete INSTANCE SNAPSHOT', loses: 'old-generations' },
    ],
    source:
      'linuxcontainers.org/incus/docs: images (remote_cache_expiry), storage pools (dir), instance snapshots',
  },
  {
    store: 'buildkit',
    marks: [
      'buildkitd.lock',
      'runc-overlayfs/content',
      'runc-overlayfs/snapshots',
      'cache.db containerdmeta.db snapshots',
    ],
    programs: ['buildkitd'],
    parts: [
      ['layer', '*/snapshots'],
      ['image', '*/content'],
      ['layer', 'snapshots'],
      ['image', 'content'],
    ],
    levers: [
      { command: 'buildctl prune', loses: 'regenerable' },
      { command: 'buildctl du', does: 'shows' },
    ],
    source: 'github.com/moby/buildkit: docs/buildkitd.toml.md (root, gckeepstorage), buildctl prune, du',
  },
  {
    store: 'harbor',
    marks: ['registry job_logs secret', 'registry secret/core', 'registry database redis job_logs'],
    hosts: ['database', 'redis'],
    parts: [
      ['garbage', 'registry/docker/registry/v2/repositories/*/*/_uploads'],
      ['layer', 'registry/docker/registry/v2/blobs'],
      ['log', 'job_logs'],
      ['cache', 'trivy-adapter'],
      ['database', 'database'],
    ],
    logs: /^job_logs\/.*\.log$/u,
    levers: [{ command: 'curl -u admin https://HOST/api/v2.0/system/gc', does: 'shows' }],
    source: 'goharbor.io/docs: Running Garbage Collection, Create Tag Retention Rules; Harbor API: system/gc',
  },
  {
    store: 'container-registry',
    marks: ['docker/registry/v2', 'registry/v2/blobs', 'blobs/sha256 repositories'],
    parts: [
      ['garbage', 'docker/registry/v2/repositories/*/_uploads'],
      ['garbage', 'docker/registry/v2/repositories/*/*/_uploads'],
      ['repository', 'docker/registry/v2/repositories/*'],
      ['layer', 'docker/registry/v2/blobs'],
      ['layer', 'registry/v2/blobs'],
      ['layer', 'blobs'],
    ],
    levers: [
      {
        command: 'registry garbage-collect --dry-run /etc/docker/registry/config.yml',
        does: 'shows',
      },
      {
        // Not --delete-untagged: before version 3 it takes the images of other platforms that an index still names.
        command: 'registry garbage-collect /etc/docker/registry/config.yml',
        loses: 'thrown-away',
      },
    ],
    source: 'distribution.github.io: Garbage collection',
  },
  {
    store: 'nspawn',
    marks: ['.#machine.*'],
    parts: [['instance', '*']],
    levers: [
      { command: 'machinectl clean', loses: 'regenerable' },
      { command: 'machinectl list-images', does: 'shows' },
    ],
    source: 'machinectl(1)',
  },
];
