"""What people do when they cut z into its four blocks: another order, another axis, the same block twice.

The order of the question is i, f, g, o. An id says in which order the columns are read instead.
"""

import numpy as np

from grader.model.mistake import mistake


def blocks_read_as(order, z):
    """Return z_i, z_f, z_g, z_o where the columns of z are taken to be in that order."""
    blocks = dict(zip(order, np.split(z, 4, axis=1), strict=True))
    return tuple(blocks[gate] for gate in "ifgo")


# Another order


@mistake(
    replaces="split_gates",
    says="The columns are read in the order i, f, o, g: candidate and output gate are exchanged.",
    think="In which order does the question say that the blocks lie side by side?",
    look="Look at the third and the fourth slice of z.",
    fix="The order is i, f, g, o: the candidate is the third block, the output gate the fourth.",
)
def columns_read_as_ifog(z):
    return blocks_read_as("ifog", z)


@mistake(
    replaces="split_gates",
    says="The columns are read in the order i, o, f, g, that of the ONNX format.",
    think="In which order does the question say that the blocks lie side by side?",
    look="Look at the slices of z after the first.",
    fix="The order is i, f, g, o: forget gate second, candidate third, output gate fourth.",
)
def columns_read_as_iofg(z):
    return blocks_read_as("iofg", z)


@mistake(
    replaces="split_gates",
    says="The columns are read in the order i, g, f, o: forget gate and candidate are exchanged.",
    think="In which order does the question say that the blocks lie side by side?",
    look="Look at the second and the third slice of z.",
    fix="The order is i, f, g, o: the forget gate is the second block, the candidate the third.",
)
def columns_read_as_igfo(z):
    return blocks_read_as("igfo", z)


@mistake(
    replaces="split_gates",
    says="The columns are read in the order f, i, g, o: input gate and forget gate are exchanged.",
    think="In which order does the question say that the blocks lie side by side?",
    look="Look at the first and the second slice of z.",
    fix="The order is i, f, g, o: the input gate is the first block, the forget gate the second.",
    same_as=("input-and-forget-gate-exchanged-in-the-update",),
)
def columns_read_as_figo(z):
    return blocks_read_as("figo", z)


@mistake(
    replaces="split_gates",
    says="The columns are read in the order f, i, o, g, in which many texts write the formulas.",
    think="In which order does the question say that the blocks lie side by side?",
    look="Look at all four slices of z.",
    fix="The order is i, f, g, o: input gate, forget gate, candidate, output gate.",
)
def columns_read_as_fiog(z):
    return blocks_read_as("fiog", z)


@mistake(
    replaces="split_gates",
    says="The columns are read in the order o, f, g, i: input gate and output gate are exchanged.",
    think="In which order does the question say that the blocks lie side by side?",
    look="Look at the first and the last slice of z.",
    fix="The order is i, f, g, o: the input gate is the first block, the output gate the last.",
)
def columns_read_as_ofgi(z):
    return blocks_read_as("ofgi", z)


@mistake(
    replaces="split_gates",
    says="The columns are read in the order f, o, g, i.",
    think="In which order does the question say that the blocks lie side by side?",
    look="Look at the slices of z: only the third is where it should be.",
    fix="The order is i, f, g, o: input gate first, forget gate second, output gate last.",
)
def columns_read_as_fogi(z):
    return blocks_read_as("fogi", z)


@mistake(
    replaces="split_gates",
    says="The columns are read in the order g, f, i, o: input gate and candidate are exchanged.",
    think="In which order does the question say that the blocks lie side by side?",
    look="Look at the first and the third slice of z.",
    fix="The order is i, f, g, o: the input gate is the first block, the candidate the third.",
)
def columns_read_as_gfio(z):
    return blocks_read_as("gfio", z)


@mistake(
    replaces="split_gates",
    says="The columns are read in the order g, i, f, o: the candidate is taken to come first.",
    think="In which order does the question say that the blocks lie side by side?",
    look="Look at the first three slices of z.",
    fix="The order is i, f, g, o: the candidate is the third block, after both of the first two gates.",
)
def columns_read_as_gifo(z):
    return blocks_read_as("gifo", z)


@mistake(
    replaces="split_gates",
    says="The columns are read in the order i, o, g, f: forget gate and output gate are exchanged.",
    think="In which order does the question say that the blocks lie side by side?",
    look="Look at the second and the last slice of z.",
    fix="The order is i, f, g, o: the forget gate is the second block, the output gate the last.",
)
def columns_read_as_iogf(z):
    return blocks_read_as("iogf", z)


@mistake(
    replaces="split_gates",
    says="The columns are read from the right to the left, in the order o, g, f, i.",
    think="In which order does the question say that the blocks lie side by side?",
    look="Look at the direction in which the slices of z are taken.",
    fix="The order is i, f, g, o, from the left: the input gate is z[:, :H].",
)
def columns_read_as_ogfi(z):
    return blocks_read_as("ogfi", z)


@mistake(
    replaces="lstm_gates",
    says="The gates are computed rightly but returned in the order i, f, o, g.",
    think="In which order does the question want the four results?",
    look="Look at the return line of lstm_gates.",
    fix="Return i, f, g, o.",
)
def gates_returned_as_ifog(x, h_prev, W, U, b):
    z_i, z_f, z_g, z_o = split_gates(pre_activation(x, h_prev, W, U, b))
    return input_gate(z_i), forget_gate(z_f), output_gate(z_o), candidate(z_g)


@mistake(
    replaces="lstm_gates",
    says="The gates are computed rightly but returned in the order f, i, o, g.",
    think="In which order does the question want the four results?",
    look="Look at the return line of lstm_gates.",
    fix="Return i, f, g, o.",
)
def gates_returned_as_fiog(x, h_prev, W, U, b):
    z_i, z_f, z_g, z_o = split_gates(pre_activation(x, h_prev, W, U, b))
    return forget_gate(z_f), input_gate(z_i), output_gate(z_o), candidate(z_g)


# Another way of cutting


@mistake(
    replaces="split_gates",
    says="Every fourth column is taken for a gate, as if the four lay interleaved.",
    think="For H = 5, which columns of z belong to the input gate: 0, 1, 2, 3, 4 or 0, 4, 8, 12, 16?",
    look="Look at the step of your slices, or at the reshape to (N, H, 4).",
    fix="The blocks lie side by side: z[:, :H], z[:, H:2*H], z[:, 2*H:3*H], z[:, 3*H:].",
)
def columns_interleaved(z):
    return z[:, 0::4], z[:, 1::4], z[:, 2::4], z[:, 3::4]


@mistake(
    replaces="split_gates",
    says="z is reshaped to (4, N, H), which mixes gates and sequences as soon as N is more than 1.",
    think="A reshape keeps the order in memory. Which numbers of z come first: a row, or a block of columns?",
    look="Look at the reshape of z.",
    fix="Cut the columns: np.split(z, 4, axis=1). Or reshape to (N, 4, H) and take [:, k].",
)
def z_reshaped_with_the_gates_first(z):
    return tuple(z.reshape(4, z.shape[0], z.shape[1] // 4))


@mistake(
    replaces="split_gates",
    says="z is split into four along the batch and not along its columns.",
    think="Which axis of z holds the four blocks?",
    look="Look at the axis of the split; without one, NumPy takes axis 0.",
    fix="Split the columns: np.split(z, 4, axis=1).",
    same_as=("rows-sliced-in-place-of-columns",),
)
def z_split_along_the_batch(z):
    return tuple(np.split(z, 4))


@mistake(
    replaces="split_gates",
    says="The slices are taken from the rows of z, not from its columns.",
    think="Which axis of z holds the four blocks?",
    look="Look at the slices of z: is there a comma in them?",
    fix="The first index is the batch: z[:, :H], z[:, H:2*H] and so on.",
    same_as=("z-split-along-the-batch",),
)
def rows_sliced_in_place_of_columns(z):
    H = z.shape[1] // 4
    return z[:H], z[H : 2 * H], z[2 * H : 3 * H], z[3 * H :]


# The same block twice


@mistake(
    replaces="split_gates",
    says="The forget gate is computed from the block of the input gate.",
    think="Which of your gates are equal, and should they be?",
    look="Compare the lines of input gate and forget gate: was one copied?",
    fix="The forget gate has its own block: z[:, H:2*H].",
)
def forget_gate_from_the_block_of_the_input_gate(z):
    z_i, _, z_g, z_o = blocks_read_as("ifgo", z)
    return z_i, z_i, z_g, z_o


@mistake(
    replaces="split_gates",
    says="The output gate is computed from the block of the input gate.",
    think="Which of your gates are equal, and should they be?",
    look="Compare the lines of input gate and output gate: was one copied?",
    fix="The output gate has its own block: z[:, 3*H:].",
    same_as=("input-gate-in-place-of-the-output-gate",),
)
def output_gate_from_the_block_of_the_input_gate(z):
    z_i, z_f, z_g, _ = blocks_read_as("ifgo", z)
    return z_i, z_f, z_g, z_i


@mistake(
    replaces="split_gates",
    says="The candidate is computed from the block of the input gate.",
    think="Which blocks of W have no effect in your code?",
    look="Compare the lines of input gate and candidate: was one copied?",
    fix="The candidate has its own block: z[:, 2*H:3*H].",
)
def candidate_from_the_block_of_the_input_gate(z):
    z_i, z_f, _, z_o = blocks_read_as("ifgo", z)
    return z_i, z_f, z_i, z_o


@mistake(
    replaces="split_gates",
    says="The input gate is computed from the block of the forget gate.",
    think="Which of your gates are equal, and should they be?",
    look="Compare the lines of input gate and forget gate: was one copied?",
    fix="The input gate has its own block: z[:, :H].",
)
def input_gate_from_the_block_of_the_forget_gate(z):
    _, z_f, z_g, z_o = blocks_read_as("ifgo", z)
    return z_f, z_f, z_g, z_o


@mistake(
    replaces="split_gates",
    says="The output gate is computed from the block of the forget gate.",
    think="Which of your gates are equal, and should they be?",
    look="Compare the lines of forget gate and output gate: was one copied?",
    fix="The output gate has its own block: z[:, 3*H:].",
    same_as=("forget-gate-in-place-of-the-output-gate",),
)
def output_gate_from_the_block_of_the_forget_gate(z):
    z_i, z_f, z_g, _ = blocks_read_as("ifgo", z)
    return z_i, z_f, z_g, z_f


@mistake(
    replaces="split_gates",
    says="The candidate is computed from the block of the forget gate.",
    think="Which blocks of W have no effect in your code?",
    look="Compare the lines of forget gate and candidate: was one copied?",
    fix="The candidate has its own block: z[:, 2*H:3*H].",
)
def candidate_from_the_block_of_the_forget_gate(z):
    z_i, z_f, _, z_o = blocks_read_as("ifgo", z)
    return z_i, z_f, z_f, z_o


@mistake(
    replaces="split_gates",
    says="The output gate is computed from the block of the candidate.",
    think="Which blocks of W have no effect in your code?",
    look="Look at the bounds of the slice for the output gate.",
    fix="The output gate has the last block: z[:, 3*H:].",
)
def output_gate_from_the_block_of_the_candidate(z):
    z_i, z_f, z_g, _ = blocks_read_as("ifgo", z)
    return z_i, z_f, z_g, z_g


@mistake(
    replaces="split_gates",
    says="The candidate is computed from the block of the output gate.",
    think="Which blocks of W have no effect in your code?",
    look="Look at the bounds of the slice for the candidate.",
    fix="The candidate has the third block: z[:, 2*H:3*H].",
)
def candidate_from_the_block_of_the_output_gate(z):
    z_i, z_f, _, z_o = blocks_read_as("ifgo", z)
    return z_i, z_f, z_o, z_o
