package io.github.multilabel.core.torch.internal;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.torch.TorchFunction;
import io.github.multilabel.core.torch.TorchValue;

/** A JVM of its own, in which all goes wrong that can before the first use of PyTorch. */
final class FirstTouch {

    private FirstTouch() {}

    /** @param arguments a folder that cannot be made */
    public static void main(String[] arguments) throws InterruptedException {
        Thread pooled = new Thread(() -> run(arguments[0]));
        pooled.setContextClassLoader(ClassLoader.getPlatformClassLoader()); // as in the common pool of a jar of jars
        pooled.start();
        pooled.join();
    }

    private static void run(String folder) {
        System.out.println("engines that DJL finds: " + Engine.getAllEngines());
        String usual = System.getProperty("DJL_CACHE_DIR");
        System.setProperty("DJL_CACHE_DIR", folder);
        try {
            TorchEngine.get();
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
        if (usual == null) {
            System.clearProperty("DJL_CACHE_DIR");
        } else {
            System.setProperty("DJL_CACHE_DIR", usual);
        }
        try (NDManager manager = TorchEngine.newManager(Device.cpu());
                TorchFunction program = TorchFunction.load(
                        manager,
                        """
                        def twice(self, x: Tensor) -> Tensor:
                          return torch.mul(x, 2)
                        """);
                TorchValue result = program.run("twice", manager.create(new float[] {21}))) {
            NDArray answer = result.toArray(manager);
            System.out.println("the answer is " + answer.getFloat());
        }
        System.out.println("loader kept: "
                + (Thread.currentThread().getContextClassLoader() == ClassLoader.getPlatformClassLoader()));
    }
}
