"""Stage: multiplications and additions in registers, as a measure of what a processor can do; reads no pixel."""

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import carray, types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.layout import COLUMNS, ROWS, TARGET_ROW
from engine.kernels.vectors import CONTRACT, SINGLE, constant

LANES, CHAINS = 8, 8
"""As many sums in flight as keep two multipliers of four cycles each busy."""
WHITE = 255.0


@intrinsic
def spin_chains(typing: Any, iterations: Any) -> Any:
    """WHITE (1 - 2 ** -iterations), by going half of the way that is left as often, in all lanes of all chains."""
    signature = types.float32(types.int64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector = ir.VectorType(SINGLE, LANES)
        chains = [cgutils.alloca_once(builder, vector) for _ in range(CHAINS)]
        for place, chain in enumerate(chains):
            # Chains that begin alike would be made one; these are 0 together.
            builder.store(constant(place - (CHAINS - 1) / 2.0, LANES), chain)
        with cgutils.for_range(builder, arguments[0]):
            for chain in chains:
                half = builder.fmul(builder.load(chain), constant(0.5, LANES), flags=CONTRACT)
                builder.store(builder.fadd(half, constant(WHITE / 2.0, LANES), flags=CONTRACT), chain)
        total = builder.load(chains[0])
        for chain in chains[1:]:
            total = builder.fadd(total, builder.load(chain))
        lanes = [builder.extract_element(total, ir.Constant(ir.IntType(32), lane)) for lane in range(LANES)]
        whole = lanes[0]
        for lane in lanes[1:]:
            whole = builder.fadd(whole, lane)
        return builder.fmul(whole, ir.Constant(SINGLE, 1.0 / (LANES * CHAINS)))

    return signature, generate


def build(function: None) -> Callable[..., None]:
    """A stage whose one parameter is the number of iterations for each row, from one 8-bit plane to another."""

    def spin(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        for row in range(geometry[ROWS]):
            code = np.uint8(spin_chains(int(parameters[0])))
            start = row * geometry[TARGET_ROW]
            out = carray(target, (start + geometry[COLUMNS],), np.uint8)[start:]
            for x in range(out.size):
                out[x] = code

    return spin
