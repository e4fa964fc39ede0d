package io.github.multilabel.spark.command;

import io.github.multilabel.cli.program.Launcher;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code multilabel-spark}; its subcommands do the work. */
@Command(
        name = "multilabel-spark",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Trains and predicts as multilabel does, on a cluster of Apache Spark. spark-submit starts it; by"
                + " itself it takes all processors of this machine.",
        subcommands = {TrainCommand.class, PredictCommand.class, HelpCommand.class})
public final class MultilabelSpark implements Callable<Integer> {

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    /** Runs the command. */
    public static void main(String[] arguments) {
        Launcher.run(new MultilabelSpark(), arguments);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
