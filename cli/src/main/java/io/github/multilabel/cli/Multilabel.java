package io.github.multilabel.cli;

import io.github.multilabel.cli.command.CheckCommand;
import io.github.multilabel.cli.command.CompareCommand;
import io.github.multilabel.cli.command.EvaluateCommand;
import io.github.multilabel.cli.command.ExplainCommand;
import io.github.multilabel.cli.command.ExportCommand;
import io.github.multilabel.cli.command.PredictCommand;
import io.github.multilabel.cli.command.ReportCommand;
import io.github.multilabel.cli.command.ServeCommand;
import io.github.multilabel.cli.command.SimilarCommand;
import io.github.multilabel.cli.command.TrainCommand;
import io.github.multilabel.cli.config.ConfigFile;
import io.github.multilabel.cli.config.TypedWords;
import io.github.multilabel.cli.info.InfoCommand;
import io.github.multilabel.cli.machine.Bridge;
import io.github.multilabel.cli.machine.Versions;
import io.github.multilabel.cli.program.DefaultArguments;
import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.cli.program.PathName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code multilabel}; its subcommands do the work. */
@Command(
        name = "multilabel",
        mixinStandardHelpOptions = true,
        versionProvider = Multilabel.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Trains one model that answers many questions about an image, checks, evaluates and predicts.",
        subcommands = {
            TrainCommand.class,
            CheckCommand.class,
            EvaluateCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            PredictCommand.class,
            ExplainCommand.class,
            SimilarCommand.class,
            ExportCommand.class,
            ServeCommand.class,
            InfoCommand.class,
            HelpCommand.class
        })
public final class Multilabel implements Callable<Integer>, TypedWords {

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    private final List<String> typed;
    private Optional<ConfigFile> config = Optional.empty();

    private Multilabel(List<String> typed) {
        this.typed = typed;
    }

    /** As if nothing had been typed; {@link #execute} runs one with what was. */
    public Multilabel() {
        this(List.of());
    }

    /** Runs the command. */
    public static void main(String[] arguments) {
        run(List.of(), arguments);
    }

    /**
     * Runs the command, and ends the process with its exit code unless that is 0; for mains of one task.
     *
     * @param defaults the subcommand and its options that count where they are not typed; see {@link DefaultArguments}
     * @param typed what the user typed
     */
    public static void run(List<String> defaults, String... typed) {
        Launcher.run(() -> execute(defaults, typed));
    }

    /**
     * Runs the command as {@link #run} does, and returns its exit code: 0 for success, 1 for a failure, 2 for wrong
     * options, 130 or 143 after a signal.
     */
    public static int execute(List<String> defaults, String... typed) {
        Multilabel command = new Multilabel(List.of(typed));
        return Launcher.execute(command, () -> command.arguments(defaults));
    }

    /** What was typed, then what a file of options says, then the defaults. */
    private List<String> arguments(List<String> defaults) {
        DefaultArguments untyped = new DefaultArguments(Multilabel::new);
        List<String> subcommand =
                defaults.stream().takeWhile(word -> !word.startsWith("-")).toList();
        List<String> options = defaults.subList(subcommand.size(), defaults.size());
        List<String> named = untyped.under(subcommand, typed);
        Optional<String> file = untyped.typed(TrainCommand.CONFIG, named);
        if (file.isEmpty()) {
            return untyped.under(options, named);
        }
        CommandSpec train = Objects.requireNonNull(
                        Launcher.commandLine(new Multilabel()).getSubcommands().get(TrainCommand.NAME))
                .getCommandSpec();
        ConfigFile read = ConfigFile.named(TrainCommand.CONFIG, PathName.of(TrainCommand.CONFIG, file.get()));
        config = Optional.of(read);
        return untyped.under(options, untyped.under(read.arguments(train), named));
    }

    @Override
    public List<String> typed() {
        return typed;
    }

    @Override
    public Optional<ConfigFile> config() {
        return config;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            Versions versions = Versions.here();
            return new String[] {
                "multilabel " + versions.multilabel(),
                "DJL " + versions.djl(),
                "PyTorch's bridge " + Bridge.version().orElse("is not on the class path"),
                "Java " + versions.java()
            };
        }
    }
}
