package dev.gengap.measures;

import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.Measure;
import java.util.List;

/** Measures of the gradients of the training loss, and of the outputs' with respect to inputs. */
final class Gradients {
  private Gradients() {}

  static List<Measure> measures() {
    return List.of(
        ofLoss("gradient_norm", "‖∂L/∂w‖_2", Sources.ELEMENTARY)
            .passes(CostClass.GRADIENTS, context -> 1)
            .exact(context -> Vectors.norm(context.get(LossGradient.AT_WEIGHTS).gradient())),
        ofLoss("gradient_variance", "mean of ‖g_i − ḡ‖²", Sources.JIANG_2020)
            .passes(CostClass.GRADIENTS, context -> 2)
            .exact(context -> context.get(ExampleGradients.AT_WEIGHTS).variance()),
        ofLoss("fisher_rao", "mean of ⟨w, g_i⟩²", Sources.LIANG_2019)
            .passes(CostClass.GRADIENTS, context -> 2)
            .exact(context -> context.get(ExampleGradients.AT_WEIGHTS).fisherRao()),
        Definition.of(
                "input_jacobian_sq_first100",
                "mean of ‖∂f/∂x‖²_F over the first 100 examples",
                Sources.NOVAK_2018)
            .convention("outputs", "logits")
            .passes(CostClass.GRADIENTS, InputJacobians::passes)
            .exact(context -> context.get(InputJacobians.AT_FIRST).meanSquare()));
  }

  /** Of a measure of the mean cross-entropy L as a function of all parameters w. */
  static Definition ofLoss(String key, String formula, String source) {
    return Definition.of(key, formula, source)
        .convention("loss", "cross-entropy")
        .convention("bias", "included");
  }
}
