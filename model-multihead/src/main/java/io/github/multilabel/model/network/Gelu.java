package io.github.multilabel.model.network;

/** x times the fraction of a standard normal distribution below x, exactly (Hendrycks and Gimpel 2016). */
record Gelu() implements Op {

    @Override
    public String expression(Call call) {
        return "torch.gelu(" + call.input() + ")";
    }
}
