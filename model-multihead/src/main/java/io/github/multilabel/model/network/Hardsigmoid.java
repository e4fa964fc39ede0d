package io.github.multilabel.model.network;

/** A sigmoid of straight lines: x / 6 + 1 / 2 between 0 and 1 (Howard et al. 2019). */
record Hardsigmoid() implements Op {

    @Override
    public String expression(Call call) {
        return "torch.hardsigmoid(" + call.input() + ")";
    }
}
