package io.github.multilabel.cli;

import io.github.multilabel.cli.program.Launcher;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code multilabel}; its subcommands do the work. */
@Command(
        name = "multilabel",
        mixinStandardHelpOptions = true,
        description = "Trains one model that answers many questions about an image, checks, evaluates and predicts.")
public final class Multilabel implements Callable<Integer> {

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    /** Runs the command. */
    public static void main(String[] arguments) {
        Launcher.run(new Multilabel(), arguments);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "no subcommand is named");
    }
}
