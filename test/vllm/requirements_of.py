"""requirements_of.py PACKAGE: prints what an installed package requires, one requirement a line, for pip.

Wheels for the CPU want PyTorch's build "+cpu", which PyTorch's own index alone has. The plain version does as well, and
pip prefers the "+cpu" build of it where it is configured to look there.
"""

import sys
from importlib.metadata import requires

for requirement in requires(sys.argv[1]):
    if "extra ==" not in requirement:
        print(requirement.replace("+cpu", ""))
