"""Write to files and folders that are not its own."""
# expect: accepted
# then: honest
# levels: strict, basic

import os


def refused(what, attempt, *arguments):
    try:
        attempt(*arguments)
    except (OSError, ValueError, ImportError) as error:
        print("refused:", what, error)
    else:
        print("GOT", what)


for path in ("@VICTIM@", "@HOME_SECRET@", "@TMP_SECRET@", "@REFERENCE@", "/etc/passwd", "/tmp/planted",
             "/planted", "/box/planted", os.path.dirname("@VICTIM@") + "/planted", "/var/tmp/planted"):
    refused(path, open, path, "a")
    refused(path, open, path, "r+")
refused("remove", os.remove, "@VICTIM@")
refused("rename", os.rename, "@VICTIM@", "@VICTIM@.old")
refused("folder", os.mkdir, os.path.dirname("@VICTIM@") + "/planted")
refused("link", os.link, "@VICTIM@", "stolen")
refused("symbolic link", os.symlink, "@VICTIM@", "stolen")
refused("truncate", os.truncate, "@VICTIM@", 0)
refused("replace", os.replace, __file__, "@VICTIM@")
