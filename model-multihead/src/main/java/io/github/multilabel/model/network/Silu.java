package io.github.multilabel.model.network;

/** x times its {@link Sigmoid}, also called swish. */
record Silu() implements Op {

    @Override
    public String expression(Call call) {
        return "torch.silu(" + call.input() + ")";
    }
}
