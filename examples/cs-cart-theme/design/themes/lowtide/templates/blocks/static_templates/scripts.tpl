<script data-no-defer{if $csp_nonce} nonce="{$csp_nonce}"{/if}>
(function(_) {
    Object.assign(_, {$tygh_settings|json_encode nofilter});
}(window.Tygh = window.Tygh || {}));
</script>
