"""Why the system refused to write, in words for people."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "磁盘放不下这么大的文件",
    errno.EACCES: "没有写入权限，或文件正被 Word、Excel、WPS 打开",
    errno.EPERM: "没有写入权限，或文件正被 Word、Excel、WPS 打开",
    errno.EROFS: "所在磁盘是只读的",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "同名的文件占了文件夹的位置",
    errno.ENOENT: "所在的文件夹不存在",
    errno.ENAMETOOLONG: "路径太长",
}


def reason(error: OSError) -> str:
    """Why the system refused to write, in words for people."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
