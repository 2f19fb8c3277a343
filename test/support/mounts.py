"""Mounts disks for tests, cuts their power, and leaves none behind: whatever is still mounted when the test is gone is unmounted.

Reads commands from standard input, one a line, and answers each with `ok` or `refused REASON`:
  format IMAGE MIB DIR   an ext4 file system in a file, mounted through a loop device
  again IMAGE DIR        the same file mounted again, as after a restart
  small KIB DIR          a file system in memory of this size
  cut DIR                EXT4_IOC_SHUTDOWN without flushing the log: what was not synced is lost
  release DIR
"""
import fcntl
import os
import signal
import struct
import subprocess
import sys

EXT4_IOC_SHUTDOWN, NOLOGFLUSH = 0x8004587D, 2
mounted = []


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise OSError(done.stderr.strip() or f"{command[0]} failed")


def mount(directory, *options):
    run("mount", *options, directory)
    mounted.append(directory)


def cut(directory):
    # Only a loop device that we mounted ourselves: never a disk of this machine.
    lines = [line.split() for line in open("/proc/self/mountinfo")]
    ours = [line for line in lines if line[4] == os.path.realpath(directory) and " ".join(line).split(" - ")[1].startswith("ext4 /dev/loop")]
    if directory not in mounted or len(ours) != 1:
        raise OSError(f"{directory} is no disk of ours")
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        fcntl.ioctl(descriptor, EXT4_IOC_SHUTDOWN, struct.pack("I", NOLOGFLUSH))
    finally:
        os.close(descriptor)


def release(directory, *options):
    run("umount", *options, directory)
    mounted.remove(directory)


def obey(command, *given):
    if command == "format":
        image, size, directory = given
        run("mke2fs", "-q", "-F", "-m", "0", "-t", "ext4", image, f"{size}M")
        mount(directory, "-t", "ext4", "-o", "loop", image)
    elif command == "again":
        mount(given[1], "-t", "ext4", "-o", "loop", given[0])
    elif command == "small":
        mount(given[1], "-t", "tmpfs", "-o", f"size={given[0]}k,mode=700", "onrecord-test")
    elif command == "cut":
        cut(given[0])
    elif command == "release":
        release(given[0])
    else:
        raise OSError("no such command")


for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(ending, signal.SIG_IGN)
for line in sys.stdin:
    try:
        obey(*line.rstrip("\n").split("\t"))
        answer = "ok"
    except (OSError, TypeError, ValueError) as error:
        answer = f"refused {error}".replace("\n", " ")
    try:
        print(answer, flush=True)
    except OSError:
        break
for directory in list(mounted):
    release(directory, "-l")
