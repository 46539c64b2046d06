<script type="module" src="{$addons.support_identity.endpoint}embed.js"></script>
