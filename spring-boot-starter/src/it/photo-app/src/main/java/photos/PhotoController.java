package photos;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.ImagePredictor;
import io.github.multilabel.serving.BusyException;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Answers photos. */
@RestController
class PhotoController {

    private final ImagePredictor predictor;

    PhotoController(ImagePredictor predictor) {
        this.predictor = predictor;
    }

    @PostMapping(path = "/predict", produces = MediaType.APPLICATION_JSON_VALUE)
    String predict(@RequestParam("photo") MultipartFile photo) throws IOException {
        return predictor.predict(ImageSource.of("photo", photo.getBytes())).toJson();
    }

    @ExceptionHandler
    ProblemDetail unreadable(IOException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail busy(BusyException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
    }
}
