#!/bin/busybox sh
# First process of a virtual machine: its root is this machine's own, read-only, with memory over it for what is written.
# The share has `run.sh`, the command; what it prints and its exit code go there. Read by virtual-machine.ts.
/bin/busybox --install -s /bin
mount -t devtmpfs dev /dev
mount -t proc proc /proc
for module in /modules/*; do insmod "$module"; done
mkdir /host /written /root
options=trans=virtio,version=9p2000.L,msize=512000
mount -t 9p -o ro,cache=loose,$options host /host
mount -t tmpfs -o size=75% written /written
mkdir /written/upper /written/work
mount -t overlay -o lowerdir=/host,upperdir=/written/upper,workdir=/written/work root /root
mkdir -p "/root/share" "/root/lib/modules/$(uname -r)"
mount --bind "/host$kernel_modules" "/root/lib/modules/$(uname -r)"
for place in tmp run; do mount -t tmpfs $place /root/$place; done
mount -t 9p -o $options share /root/share
mount --move /dev /root/dev
mkdir -p /root/dev/shm /root/dev/pts
mount -t tmpfs shm /root/dev/shm
mount -t devpts pts /root/dev/pts
mount -t sysfs sys /root/sys
umount /proc
mount -t proc proc /root/proc
exec switch_root /root /bin/sh -c '
  mount -t cgroup2 none /sys/fs/cgroup
  ip link set lo up
  . /share/run.sh >/share/output 2>&1
  '
