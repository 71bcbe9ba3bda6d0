"""A database on a network file system is refused: SQLite's write-ahead log breaks there."""

from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import Store, network
from bot.store.network import file_system, refuse_network

TABLE = r"""
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /data tmpfs rw 0 0
nas:/volume1/docker /data nfs4 rw,vers=4.1 0 0
//nas/share /mnt/my\040files cifs rw 0 0
/dev/sdb1 /mnt/my\040files/local btrfs rw 0 0
user@host: /srv fuse.sshfs rw 0 0
""".strip()


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/a", "ext4"),
        ("/data", "nfs4"),
        ("/data/not/yet/there", "nfs4"),
        ("/database", "ext4"),
        ("/mnt/my files", "cifs"),
        ("/mnt/my files/local", "btrfs"),
        ("/srv/x", "fuse.sshfs"),
    ],
)
def test_the_file_system_of_a_folder_is_that_of_the_last_mount_above_it(
    folder: str, kind: str
) -> None:
    assert file_system(Path(folder), TABLE) == kind


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.rclone"])
def test_a_folder_on_the_network_is_refused_with_the_reason(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nnas:/x {tmp_path}/data {kind} rw 0 0\n")

    with pytest.raises(StoreError) as refused:
        refuse_network(tmp_path / "data", mounts)

    assert str(refused.value) == (
        f"{tmp_path}/data: is on a network file system ({kind}), where SQLite's write-ahead log "
        "breaks; mount a folder of this machine there, or set store.url to one"
    )


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "zfs", "overlay", "tmpfs", "fuse.mergerfs"])
def test_a_folder_on_a_disk_of_this_machine_passes(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 {tmp_path} {kind} rw 0 0\nnas:/x /elsewhere nfs rw 0 0\n")

    refuse_network(tmp_path / "data", mounts)


def test_where_nobody_says_what_is_mounted_everything_passes(tmp_path: Path) -> None:
    refuse_network(tmp_path, tmp_path / "missing")


async def test_the_store_does_not_open_on_the_network_and_leaves_nothing_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"nas:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(network, "MOUNTS", mounts)

    with pytest.raises(StoreError, match=r"network file system \(nfs4\)"):
        await Store.open("sqlite:///data/ausguck.db", tmp_path)

    assert not (tmp_path / "data").exists()
