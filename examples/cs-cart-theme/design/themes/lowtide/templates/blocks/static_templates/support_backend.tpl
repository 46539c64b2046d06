{__("lowtide.backend_own")}
