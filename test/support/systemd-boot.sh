#!/bin/sh
# Becomes a real systemd, as process 1 of its own namespaces, over a copy of this machine's root that lies in memory.
# $1: an empty folder; $2: the checkout; $3: the Node that runs it.
set -e
mount --make-rprivate /
mount -t tmpfs -o size=1G tmpfs "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
cd "$1/root"
hostname diskwhy-test
rm -rf etc/systemd/system/*.wants var/log/journal var/lib/diskwhy
: >etc/fstab
printf '[Unit]\nRequires=basic.target systemd-journald.service\nAllowIsolate=yes\n' >etc/systemd/system/test.target
# What is for machines, not for a service.
for unit in systemd-udevd.service systemd-udev-trigger.service systemd-modules-load.service systemd-remount-fs.service \
  systemd-sysctl.service systemd-update-utmp.service systemd-timesyncd.service systemd-networkd.service \
  systemd-resolved.service systemd-logind.service dev-hugepages.mount sys-kernel-debug.mount sys-kernel-tracing.mount \
  sys-fs-fuse-connections.mount dev-mqueue.mount proc-sys-fs-binfmt_misc.automount systemd-tmpfiles-setup-dev.service \
  systemd-tmpfiles-setup.service systemd-random-seed.service kmod-static-nodes.service systemd-binfmt.service; do
  ln -sf /dev/null "etc/systemd/system/$unit"
done
cp "$2"/build/packages/systemd/* "$2"/build/packages/daily/*@.* etc/systemd/system/
printf '#!/bin/sh\nexec "%s" "%s/bin/diskwhy.js" "$@"\n' "$3" "$2" >usr/bin/diskwhy
chmod 755 usr/bin/diskwhy
mkdir -p var/lib/prometheus/node-exporter data old
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount --bind /dev dev
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
# A filesystem that fanotify can watch.
mount -t tmpfs -o size=200M tmpfs data
pivot_root . old
umount -l /old
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  /lib/systemd/systemd --system --unit=test.target --log-target=console --show-status=0 </dev/null >/dev/null 2>&1
